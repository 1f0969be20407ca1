#!/usr/bin/env python3
"""The peers, each from CSV to CSV on one core.

usage: peers.py train|score NAME DATA.csv MODEL [OUT.csv]

NAME: sklearn (words and pairs, as they are), sklearn-stem (with PyStemmer's English stemmer), linearsvc (train only),
liblinear, vw, fasttext. vw and fasttext read files of their own format, which are written beside DATA once and are not
part of the time (their programs do no reading of CSV): the time of each is printed as `seconds N` by this program.
"""
import csv
import os
import pickle
import re
import sys
import time

WORD = re.compile(r"\w+(?:['’]\w+)*")
LABELS = ["open", "conditional", "rejecting", "none"]


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row["text"] for row in rows], [row["label"] for row in rows]


def write(path, labels, probabilities):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["label", *LABELS])
        for label, row in zip(labels, probabilities):
            writer.writerow([label, *(f"{p:.6f}" for p in row)])


def stemmed(text, stem=None):
    return stem.stemWords(WORD.findall(text.lower()))


def vectorizer(stem):
    from functools import partial
    from sklearn.feature_extraction.text import TfidfVectorizer

    if stem:
        import Stemmer

        analyzer = partial(stemmed, stem=Stemmer.Stemmer("english"))
        return TfidfVectorizer(tokenizer=analyzer, token_pattern=None, lowercase=False, ngram_range=(1, 2), sublinear_tf=True)
    return TfidfVectorizer(token_pattern=WORD.pattern, ngram_range=(1, 2), sublinear_tf=True)


def sklearn_train(data, model, estimator, stem):
    texts, labels = read(data)
    features = vectorizer(stem)
    rows = features.fit_transform(texts)
    estimator.fit(rows, labels)
    with open(model, "wb") as file:
        if stem:
            features.tokenizer = None
        pickle.dump((features, estimator, stem), file)


def sklearn_score(data, model, out):
    with open(model, "rb") as file:
        features, estimator, stem = pickle.load(file)
    if stem:
        features.tokenizer = vectorizer(True).tokenizer
    texts, _ = read(data)
    probabilities = estimator.predict_proba(features.transform(texts))
    order = [list(estimator.classes_).index(label) for label in LABELS]
    labels = estimator.classes_[probabilities.argmax(1)]
    write(out, labels, probabilities[:, order])


def liblinear_train(data, model):
    from liblinear.liblinearutil import problem, save_model, train

    texts, labels = read(data)
    rows = vectorizer(False).fit_transform(texts)
    fitted = train(problem([LABELS.index(label) for label in labels], rows), "-s 0 -c 10 -q")
    save_model(model, fitted)


def prepared(data, kind):
    """DATA in the format of vw or fasttext: lower-case words."""
    path = f"{data}.{kind}"
    if not os.path.exists(path):
        texts, labels = read(data)
        with open(path, "w", encoding="utf-8") as file:
            for text, label in zip(texts, labels):
                words = " ".join(WORD.findall(text.lower())).replace(":", " ").replace("|", " ")
                start = f"{LABELS.index(label) + 1} | " if kind == "vw" else f"__label__{label} "
                file.write(f"{start}{words}\n")
    return path


def vw(arguments):
    from vowpalwabbit import Workspace

    workspace = Workspace(arguments)
    workspace.finish()


def fasttext_train(data, model):
    import fasttext

    fasttext.train_supervised(data, wordNgrams=2, dim=10, epoch=5, thread=1, verbose=0).save_model(model)


def fasttext_score(data, model, out):
    import fasttext

    loaded = fasttext.load_model(model)
    with open(data, encoding="utf-8") as file, open(out, "w", encoding="utf-8") as to:
        lines = [line.split(" ", 1)[1].rstrip("\n") for line in file]
        labels, probabilities = loaded.predict(lines)
        for label, p in zip(labels, probabilities):
            to.write(f"{label[0]} {p[0]:.6f}\n")


def main(verb, name, data, model, out=None):
    from sklearn.linear_model import LogisticRegression
    from sklearn.svm import LinearSVC

    if name in ("vw", "fasttext"):
        data = prepared(data, name)
    jobs = {
        ("train", "sklearn"): lambda: sklearn_train(data, model, LogisticRegression(C=10, max_iter=1000), False),
        ("train", "sklearn-stem"): lambda: sklearn_train(data, model, LogisticRegression(C=10, max_iter=1000), True),
        ("train", "linearsvc"): lambda: sklearn_train(data, model, LinearSVC(), False),
        ("train", "liblinear"): lambda: liblinear_train(data, model),
        ("train", "vw"): lambda: vw(f"-d {data} --oaa 4 --ngram 2 --passes 3 -c -k -b 22 -f {model} --quiet"),
        ("train", "fasttext"): lambda: fasttext_train(data, model),
        ("score", "sklearn"): lambda: sklearn_score(data, model, out),
        ("score", "sklearn-stem"): lambda: sklearn_score(data, model, out),
        ("score", "vw"): lambda: vw(f"-t -d {data} -i {model} -p {out} --quiet"),
        ("score", "fasttext"): lambda: fasttext_score(data, model, out),
    }
    start, cpu = time.perf_counter(), time.process_time()
    jobs[verb, name]()
    print(f"seconds {time.perf_counter() - start:.3f} cpu {time.process_time() - cpu:.3f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
