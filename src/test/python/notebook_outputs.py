"""Compares the outputs of an executed notebook with the committed ones, or puts them in their place.

    notebook_outputs.py --check|--write COMMITTED EXECUTED

Text has to be equal to the last digit: all randomness has a seed. Pictures have to be there, of the same size and of
nearly the same colours, not more, since fonts and PNG compression differ from system to system. Outputs carry no time, no generated id and no version
of the Java that made them, so equal runs give equal files. What cells write to standard error is shown, never committed.
"""

import base64
import io
import json
import struct
import sys
from pathlib import Path

#: The notebook whose pictures the README and the pages show; each is a file of its own beside the pages.
GALLERY = "gallery"
#: Side of the squares whose colours are compared, and the largest mean difference of two pictures, of 0 to 1.
SQUARE, NEAR = 20, 0.002
IMAGES = Path(__file__).parents[3] / "src/site/markdown/images"


def pictures(path, notebook):
    """Returns the pictures of the gallery by their files."""
    if Path(path).stem != GALLERY:
        return {}
    outputs = [output.get("data", {}) for cell in notebook["cells"] for output in cell.get("outputs", [])]
    found = [data["image/png"] for data in outputs if "image/png" in data]
    return {IMAGES / f"{GALLERY}-{i}.png": base64.b64decode("".join(png)) for i, png in enumerate(found, start=1)}


def tidy(notebook):
    """Takes out what differs from run to run, and what standard error said, which is returned."""
    warnings = []
    notebook["metadata"].get("language_info", {}).pop("version", None)
    for cell in notebook["cells"]:
        cell["metadata"].pop("execution", None)
        if cell["cell_type"] == "code":
            warnings += [text(o) for o in cell["outputs"] if o.get("name") == "stderr"]
            cell["outputs"] = merged([o for o in cell["outputs"] if o.get("name") != "stderr"])
    return warnings


def merged(outputs):
    """The kernel sends what a cell prints in pieces that depend on time: one output for neighbours."""
    result = []
    for output in outputs:
        if result and output["output_type"] == result[-1]["output_type"] == "stream":
            joined = text(result[-1]) + text(output)
            result[-1]["text"] = joined.splitlines(keepends=True)
        else:
            result.append(output)
    return result


def text(output):
    return "".join(output.get("text", []))


def shown(output):
    """What a reader sees of an output: text as it is, a picture by its size."""
    if output["output_type"] == "stream":
        return text(output)
    parts = []
    for kind, content in sorted(output.get("data", {}).items()):
        content = "".join(content)
        if kind == "image/png":
            width, height = struct.unpack(">II", base64.b64decode(content)[16:24])
            content = f"{width} x {height}"
        parts.append(f"{kind}: {content}")
    return "\n".join(parts)


def colours(picture):
    """Returns the mean colours of the squares of a picture."""
    from matplotlib import image

    pixels = image.imread(io.BytesIO(base64.b64decode("".join(picture))))[..., :3]
    height, width = (side // SQUARE for side in pixels.shape[:2])
    pixels = pixels[: height * SQUARE, : width * SQUARE]
    return pixels.reshape(height, SQUARE, width, SQUARE, 3).mean(axis=(1, 3))


def drawn(cell):
    return [output["data"]["image/png"] for output in cell["outputs"] if "image/png" in output.get("data", {})]


def sources(notebook):
    return ["".join(cell["source"]) for cell in notebook["cells"]]


def differences(committed, executed):
    if sources(committed) != sources(executed):
        yield "the cells are not the same"
        return
    cells = [pair for pair in zip(committed["cells"], executed["cells"]) if pair[0]["cell_type"] == "code"]
    for number, both in enumerate(cells, start=1):
        before, after = ["\n".join(map(shown, cell["outputs"])) for cell in both]
        if before != after:
            yield f"code cell {number} shows\n{after}\nexpected (the committed output)\n{before}"
            continue
        for old, new in zip(*map(drawn, both), strict=True):
            if old == new:
                continue
            distance = abs(colours(old) - colours(new)).mean()
            if distance > NEAR:
                yield f"code cell {number} has another picture: mean difference of colours {distance:.4f}, at most {NEAR}"


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main(mode, committed_path, executed_path):
    committed, executed = read(committed_path), read(executed_path)
    for warning in tidy(executed):
        print(warning, file=sys.stderr)
    if mode == "--write":
        with open(committed_path, "w", encoding="utf-8") as file:
            json.dump(executed, file, ensure_ascii=False, indent=1, sort_keys=True)
            file.write("\n")
        for file, picture in pictures(committed_path, executed).items():
            file.write_bytes(picture)
        print(f"Wrote the outputs into {committed_path}", file=sys.stderr)
        return 0
    found = list(differences(committed, executed))
    for file, picture in pictures(committed_path, committed).items():
        if not file.is_file() or file.read_bytes() != picture:
            found.append(f"{file} is not the picture of the notebook: repeat jobs/python notebooks --write")
    for difference in found:
        print(f"{committed_path}: {difference}", file=sys.stderr)
    print("The outputs differ" if found else "The outputs are the committed ones", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
