use demarche::model::*;
use demarche::text::*;
use std::io::BufRead;
fn load(p: &str) -> Vec<(String, usize, String, bool)> {
    let mut r = csv::Reader::from_path(p).unwrap();
    let h = r.headers().unwrap().clone();
    let c = |n: &str| h.iter().position(|x| x == n);
    let (t, l, g, s) = (c("text").unwrap(), c("label").unwrap(), c("group"), c("strict"));
    r.records()
        .map(|x| {
            let x = x.unwrap();
            let lab = ["open", "conditional", "rejecting", "none"].iter().position(|y| *y == &x[l]).unwrap();
            (
                x[t].to_string(),
                lab,
                g.map(|g| x[g].to_string()).unwrap_or_default(),
                s.map(|s| &x[s] == "1").unwrap_or(true),
            )
        })
        .collect()
}
fn f1(t: &[usize], p: &[usize]) -> (f64, Vec<f64>) {
    let mut v = vec![];
    for k in 0..4 {
        let tp = t.iter().zip(p).filter(|(a, b)| **a == k && **b == k).count() as f64;
        let pr = p.iter().filter(|b| **b == k).count() as f64;
        let re = t.iter().filter(|b| **b == k).count() as f64;
        v.push(if tp == 0.0 { 0.0 } else { 2.0 * tp / (pr + re) });
    }
    (v.iter().sum::<f64>() / 4.0, v)
}
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let train = load(&args[0]);
    let dev = load(&args[1]);
    let n = train.len();
    let texts: Vec<&str> = train.iter().chain(&dev).map(|r| r.0.as_str()).collect();
    let classes: Vec<usize> = train.iter().chain(&dev).map(|r| r.1).collect();
    let truth0 = classes[n..].to_vec();
    let rows: Vec<usize> = (0..n).collect();
    let test: Vec<usize> = (n..texts.len()).collect();
    let mut groups: Vec<&str> = train.iter().map(|r| r.2.as_str()).collect();
    groups.sort();
    groups.dedup();
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        if line.trim().is_empty() {
            continue;
        }
        let mut r = Recipe::stance();
        for kv in line.split_whitespace() {
            let (k, v) = kv.split_once('=').unwrap();
            match k {
                "c" => r.cost = v.parse().unwrap(),
                "df" => r.min_df = v.parse().unwrap(),
                "bal" => r.balanced = v == "1",
                "mask" => r.settings.mask_names = v == "1",
                "n" => r.settings.word_ngrams = v.parse().unwrap(),
                "max" => r.max_features = v.parse().unwrap(),
                "est" => r.estimator = if v == "svm" { Estimator::Svm } else { Estimator::Logistic },
                "scales" => {
                    let x: Vec<f32> = v.split(',').map(|x| x.parse().unwrap()).collect();
                    r.scales = [x[0], x[1], x[2]];
                }
                "fam" => {
                    let f: Vec<Family> = v.split(',').map(|x| x.parse().unwrap()).collect();
                    r.settings.families = Families::of(&f);
                }
                "stem" => r.settings.stem = v == "1",
                "char" => {
                    let (a, b) = v.split_once('-').unwrap();
                    r.settings.char_ngrams = (a.parse().unwrap(), b.parse().unwrap());
                }
                _ => panic!("{k}"),
            }
        }
        let t0 = std::time::Instant::now();
        let tr = Trainer::new(r.clone(), 4, texts.iter().copied(), classes.clone(), vec![]);
        let t1 = t0.elapsed();
        let fitted = tr.fit(&rows).unwrap();
        let t2 = t0.elapsed();
        let z = tr.fit_and_score(&rows, &test).unwrap();
        let shift: f64 = std::env::var("SHIFT").ok().map(|x| x.parse().unwrap()).unwrap_or(0.0);
        let z: Vec<Vec<f64>> = z
            .into_iter()
            .map(|mut v| {
                v[3] += shift;
                v
            })
            .collect();
        if let Ok(path) = std::env::var("DUMP") {
            let mut o = String::new();
            for (i, v) in z.iter().enumerate() {
                let q = train::softmax(v);
                let k = (0..4).max_by(|a, b| v[*a].total_cmp(&v[*b])).unwrap();
                o += &format!(
                    "{}\t{}\t{:.2}\t{}\n",
                    ["open", "conditional", "rejecting", "none"][truth0[i]],
                    ["open", "conditional", "rejecting", "none"][k],
                    q[k],
                    dev[i].0.replace("\n", " ")
                );
            }
            std::fs::write(path, o).unwrap();
        }
        let p: Vec<usize> =
            z.iter().map(|z| (0..4).max_by(|a, b| z[*a].total_cmp(&z[*b])).unwrap()).collect();
        let truth = &classes[n..];
        let (m, v) = f1(truth, &p);
        let si: Vec<usize> = (0..dev.len()).filter(|i| dev[*i].3).collect();
        let (ms, _) = f1(
            &si.iter().map(|i| truth[*i]).collect::<Vec<_>>(),
            &si.iter().map(|i| p[*i]).collect::<Vec<_>>(),
        );
        // grouped CV
        let mut cvt = vec![];
        let mut cvp = vec![];
        if std::env::var("CV").is_ok() {
            for f in 0..5 {
                let te: Vec<usize> = (0..n)
                    .filter(|i| groups.binary_search(&train[*i].2.as_str()).unwrap() % 5 == f)
                    .collect();
                let trn: Vec<usize> = (0..n)
                    .filter(|i| groups.binary_search(&train[*i].2.as_str()).unwrap() % 5 != f)
                    .collect();
                let z = tr.fit_and_score(&trn, &te).unwrap();
                for (i, z) in te.iter().zip(z) {
                    cvt.push(classes[*i]);
                    cvp.push((0..4).max_by(|a, b| z[*a].total_cmp(&z[*b])).unwrap());
                }
            }
        }
        let cv = if cvt.is_empty() { 0.0 } else { f1(&cvt, &cvp).0 };
        println!(
            "{line}\n   dev {m:.4} strict {ms:.4} per {:.3?} cv {cv:.4} feats {} {:?} read {t1:?} fit {:?}",
            v,
            fitted.vocabulary.len(),
            fitted.linear.report,
            t2 - t1
        );
        if std::env::var("CONF").is_ok() {
            let mut c = [[0; 4]; 4];
            for (a, b) in truth.iter().zip(&p) {
                c[*a][*b] += 1;
            }
            for r in c {
                println!("      {r:?}");
            }
        }
    }
}
