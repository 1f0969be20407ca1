#!/usr/bin/env python3
"""The peers, each from file to file on one core.

usage: peers.py train|score NAME DATA.csv MODEL [OUT.csv]

NAME: sklearn (words and pairs as they are, logistic regression), sklearn-stem (the same with PyStemmer's English stemmer),
linearsvc (train only), liblinear (train only), vw, fasttext. What a peer is not asked to do is not counted against it: the
interpreter's start and imports; for vw and fasttext, reading CSV and cutting words (they get lower-case words in files of
their own format, written beside DATA once); for liblinear, everything before the fit. Prints `seconds N cpu N`.
"""
import csv
import os
import pickle
import re
import sys
import time
from functools import partial
from itertools import islice

WORD = re.compile(r"\w+(?:['’]\w+)*")
LABELS = ["open", "conditional", "rejecting", "none"]
CHUNK = 50_000


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["text"], row["label"]


def chunks(rows):
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def stemmed(text, stem):
    return stem.stemWords(WORD.findall(text.lower()))


def vectorizer(stem):
    from sklearn.feature_extraction.text import TfidfVectorizer

    settings = {"ngram_range": (1, 2), "sublinear_tf": True}
    if stem:
        import Stemmer

        analyzer = partial(stemmed, stem=Stemmer.Stemmer("english"))
        return TfidfVectorizer(tokenizer=analyzer, token_pattern=None, lowercase=False, **settings)
    return TfidfVectorizer(token_pattern=WORD.pattern, **settings)


def sklearn_train(data, model, estimator, stem):
    texts, labels = zip(*read(data))
    features = vectorizer(stem)
    rows = features.fit_transform(texts)
    estimator.fit(rows, labels)
    with open(model, "wb") as file:
        if stem:
            features.tokenizer = None
        pickle.dump((features, estimator), file)


def sklearn_score(data, model, out, stem):
    with open(model, "rb") as file:
        features, estimator = pickle.load(file)
    if stem:
        features.tokenizer = vectorizer(True).tokenizer
    order = [list(estimator.classes_).index(label) for label in LABELS]
    with open(out, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["label", *LABELS])
        for chunk in chunks(read(data)):
            probabilities = estimator.predict_proba(features.transform([text for text, _ in chunk]))
            labels = estimator.classes_[probabilities.argmax(1)]
            for label, row in zip(labels, probabilities[:, order].tolist()):
                writer.writerow([label, *(f"{p:.6f}" for p in row)])


def liblinear_train(model, rows, classes):
    from liblinear.liblinearutil import problem, save_model, train

    save_model(model, train(problem(classes, rows), "-s 0 -c 10 -q"))


def prepared(data, kind):
    """DATA in the format of vw or fasttext: lower-case words."""
    path = f"{data}.{kind}"
    if not os.path.exists(path):
        with open(path, "w", encoding="utf-8") as file:
            for text, label in read(data):
                words = " ".join(WORD.findall(text.lower())).replace(":", " ").replace("|", " ")
                start = f"{LABELS.index(label) + 1} | " if kind == "vw" else f"__label__{label} "
                file.write(f"{start}{words}\n")
    return path


def vw(arguments):
    from vowpalwabbit import Workspace

    Workspace(arguments).finish()


def fasttext_train(data, model):
    import fasttext

    fasttext.train_supervised(data, wordNgrams=2, dim=10, epoch=5, thread=1, verbose=0).save_model(model)


def fasttext_score(data, model, out):
    import fasttext

    fasttext.FastText.eprint = lambda *_: None
    loaded = fasttext.load_model(model)
    with open(data, encoding="utf-8") as file, open(out, "w", encoding="utf-8") as to:
        for chunk in chunks(file):
            labels, probabilities = loaded.predict([line.split(" ", 1)[1].rstrip("\n") for line in chunk])
            for label, p in zip(labels, probabilities):
                to.write(f"{label[0]} {p[0]:.6f}\n")


def job(verb, name, data, model, out):
    """What is to be timed; imports and preparations are done here."""
    if name == "vw":
        import vowpalwabbit

        data = prepared(data, name)
        # Words joined in pairs hash to 2^22 places; -c needs a cache, which -k makes anew.
        if verb == "train":
            return lambda: vw(f"-d {data} --oaa 4 --ngram 2 --passes 3 -c -k -b 22 -f {model} --quiet")
        return lambda: vw(f"-t -d {data} -i {model} -p {out} --quiet")
    if name == "fasttext":
        import fasttext

        data = prepared(data, name)
        return lambda: fasttext_train(data, model) if verb == "train" else fasttext_score(data, model, out)
    from sklearn.linear_model import LogisticRegression
    from sklearn.svm import LinearSVC

    vectorizer(name == "sklearn-stem")
    if verb == "score":
        return lambda: sklearn_score(data, model, out, name == "sklearn-stem")
    if name == "liblinear":
        import liblinear.liblinearutil

        texts, labels = zip(*read(data))
        rows, classes = vectorizer(False).fit_transform(texts), [LABELS.index(label) for label in labels]
        return lambda: liblinear_train(model, rows, classes)
    estimator = LinearSVC() if name == "linearsvc" else LogisticRegression(C=10, max_iter=1000)
    return lambda: sklearn_train(data, model, estimator, name == "sklearn-stem")


def main(verb, name, data, model, out=None):
    timed = job(verb, name, data, model, out)
    start, cpu = time.perf_counter(), time.process_time()
    timed()
    print(f"seconds {time.perf_counter() - start:.3f} cpu {time.process_time() - cpu:.3f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
