"""What the real rackdiag understands.

Reads a JSON list of texts from standard input; writes, as JSON, for each of them either {"racks": [...]} or
{"refused": "..."}. With "svg": true also the drawing. One process for all: starting Python takes longer than reading.
"""
import io
import json
import sys
import warnings

warnings.filterwarnings("ignore")

from blockdiag.utils.fontmap import FontMap
from rackdiag import builder, drawer, parser


def rgb(color):
    if color is None or color == "none":
        return color
    if color == "gray":  # what N/A gets
        return "#808080"
    if isinstance(color, str):
        return color
    return "#%02x%02x%02x" % tuple(color)


def item_of(rack, item):
    item.display_label  # what a wrong ampere or weight ends in when it is drawn
    width = rack.colwidth // item.colwidth if item.colheight > 0 else 1
    column = (item.xy.x - rack.xy.x) // item.colwidth + 1 if item.colheight > 0 else 1
    return {
        "unit": item.number,
        "height": item.colheight,
        "label": item.label or "",
        "ampere": None if item.ampere == "" else item.ampere,
        "weight": None if item.weight == "" else item.weight,
        "column": column,
        "columns": width,
        "fill": rgb(item.color),
        "line": rgb(item.linecolor),
        "text": rgb(item.textcolor),
    }


def rack_of(rack):
    return {
        "height": rack.colheight,
        "ascending": not rack.descending,
        "description": rack.description,
        "items": [item_of(rack, item) for item in rack.nodes],
    }


def understood(text, svg):
    try:
        tree = parser.parse_string(text)
        diagram = builder.ScreenNodeBuilder.build(tree)
        racks = [rack_of(rack) for rack in diagram.racks]
        result = {"racks": racks}
        if svg:
            draw = drawer.DiagramDraw("SVG", diagram, None, fontmap=FontMap(), code="", nodoctype=True)
            draw.draw()
            result["svg"] = draw.save()
        return result
    except Exception as error:  # the program itself answers any of them with its text
        return {"refused": str(error) or type(error).__name__}


def main():
    sys.stderr = io.StringIO()  # warnings of obsolete names
    request = json.load(sys.stdin)
    json.dump([understood(text, request.get("svg", False)) for text in request["texts"]], sys.stdout)


main()
