#!/usr/bin/env python3
"""Compares demarche's numbers with scikit-learn's and liblinear's on the same words. Called by run.sh.

usage: agree.py PIPELINE TRAIN.csv DATA.csv FOLDER

Both sides get demarche's stemmed words of TRAIN, so that what differs is arithmetic alone. Compared: the TF-IDF weight of
every term in every row; the objectives of multinomial logistic regression (C = 10) and of the one-versus-rest linear SVM
(squared hinge, C = 1, penalised intercept) at their solutions; and, with scikit-learn's weights given to demarche, the
probabilities and labels of DATA. Ends with status 1 if a bound is passed.
"""
import csv
import subprocess
import sys

import numpy as np
from liblinear.liblinearutil import problem, train as liblinear_train
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

TFIDF, OBJECTIVE, PROBABILITY = 1e-6, 1e-4, 2e-6
CHUNK = 50_000
failed = False


def told(what, found, bound):
    global failed
    failed |= not found <= bound
    print(f"{what:<58} {found:.1e} (bound {bound:.0e}) {'ok' if found <= bound else 'FAILED'}", flush=True)


def words(pipeline, data, folder, name):
    out = f"{folder}/{name}.words"
    subprocess.run([pipeline, "words", data, out], check=True)
    with open(out, encoding="utf-8") as file:
        return file.read().split("\n")[:-1]


def labels(path):
    with open(path, encoding="utf-8", newline="") as file:
        return np.array([row["label"] for row in csv.DictReader(file)])


def tfidf_difference(path, matrix, columns):
    rows, found, values = [], [], []
    with open(path, encoding="utf-8") as file:
        for line in file:
            row, term, value = line.rstrip("\n").split("\t")
            rows.append(int(row))
            found.append(columns[term])
            values.append(float(value))
    assert len(values) == matrix.nnz, f"{len(values)} weights, not {matrix.nnz}"
    theirs = np.asarray(matrix[rows, found]).ravel()
    return np.abs(np.array(values) - theirs).max()


def logistic_objective(fitted, matrix, classes, cost):
    logits = matrix @ fitted.coef_.T + fitted.intercept_
    top = logits.max(1)
    log_sum = top + np.log(np.exp(logits - top[:, None]).sum(1))
    return 0.5 * (fitted.coef_**2).sum() + cost * (log_sum - logits[np.arange(len(classes)), classes]).sum()


def svm_objective(model, matrix, classes, cost):
    total = 0.0
    for place, label in enumerate(model.get_labels()):
        weights, bias = model.get_decfun(place)
        weights = np.array(weights)
        signs = np.where(classes == label, 1.0, -1.0)
        slack = np.maximum(0.0, 1.0 - signs * (matrix @ weights + bias))
        total += 0.5 * (weights @ weights + bias * bias) + cost * (slack**2).sum()
    return total


def main(pipeline, train, data, folder):
    texts, names = words(pipeline, train, folder, "train"), labels(train)
    order, classes = np.unique(names, return_inverse=True)
    vectorizer = TfidfVectorizer(
        tokenizer=str.split, token_pattern=None, lowercase=False, ngram_range=(1, 2), sublinear_tf=True
    )
    matrix = vectorizer.fit_transform(texts)
    print(f"{matrix.shape[0]} rows, {matrix.shape[1]} terms, {matrix.nnz} weights", flush=True)
    out = subprocess.run([pipeline, "rows", train, f"{folder}/rows.tsv"], check=True, capture_output=True, text=True)
    ours = {line.split()[0]: float(line.split()[1]) for line in out.stdout.splitlines()}
    told("TF-IDF, largest difference to scikit-learn", tfidf_difference(f"{folder}/rows.tsv", matrix, vectorizer.vocabulary_), TFIDF)

    fitted = LogisticRegression(C=10, tol=1e-6, max_iter=5000).fit(matrix, names)
    theirs = logistic_objective(fitted, matrix, classes, 10)
    print(f"logistic objective: demarche {ours['logistic']:.4f}, scikit-learn {theirs:.4f}")

    told("logistic objective, difference to scikit-learn, relative", abs(ours["logistic"] / theirs - 1), OBJECTIVE)
    model = liblinear_train(problem(classes, matrix), "-s 1 -c 1 -B 1 -e 0.0001 -q")
    theirs = svm_objective(model, matrix, classes, 1)
    print(f"SVM objective: demarche {ours['svm']:.4f}, liblinear {theirs:.4f}")
    told("SVM objective, difference to liblinear, relative", abs(ours["svm"] / theirs - 1), OBJECTIVE)

    with open(f"{folder}/weights.tsv", "w", encoding="utf-8") as file:
        file.write("\t" + "\t".join(map(repr, fitted.intercept_.tolist())) + "\n")
        for term, column in vectorizer.vocabulary_.items():
            numbers = [float(vectorizer.idf_[column]), *fitted.coef_[:, column].tolist()]
            file.write(term + "\t" + "\t".join(map(repr, numbers)) + "\n")
    subprocess.run([pipeline, "score", f"{folder}/weights.tsv", train, data, f"{folder}/scored.csv"], check=True)
    scored = words(pipeline, data, folder, "data")
    largest = other = 0
    with open(f"{folder}/scored.csv", encoding="utf-8") as file:
        for start in range(0, len(scored), CHUNK):
            chunk = scored[start : start + CHUNK]
            theirs = fitted.predict_proba(vectorizer.transform(chunk))
            found = np.loadtxt([next(file) for _ in chunk], delimiter=",", ndmin=2)
            largest = max(largest, np.abs(found - theirs).max())
            other += (found.argmax(1) != theirs.argmax(1)).sum()
    told(f"probabilities of {len(scored)} rows, largest difference", largest, PROBABILITY)
    told(f"labels of {len(scored)} rows that differ", other, 0)
    sys.exit(failed)


if __name__ == "__main__":
    main(*sys.argv[1:])
