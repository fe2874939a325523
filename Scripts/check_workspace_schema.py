"""Validates workspace files against Schemas/workspace.schema.json, as an editor does: the sample's, one with a waiver,
and ones that the program refuses as well."""

import json
import sys
from pathlib import Path

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: a day and a month stay texts."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

schema = json.loads(Path("Schemas/workspace.schema.json").read_text(encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)

sample = Path("Samples/yongkang-2022/mujun.yaml").read_text(encoding="utf-8")
page = Path("Docs/check.md").read_text(encoding="utf-8")
waivers = page.split("```yaml\nwaivers:\n")[1].split("```")[0]
notice = Path("Docs/notice.md").read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
right = {"the sample": sample, "the sample with the waiver of Docs/check.md": f"{sample}waivers:\n{waivers}",
         "the sample with the notice of Docs/notice.md": sample + notice}
wrong = {
    "a waiver without a document": f"{sample}waivers: [{{feed: tax, code: field_blank, period: 2021-03}}]",
    "a waiver of a whole file": f"{sample}waivers: [{{feed: tax, code: rows_differ, period: 2021, document: x}}]",
    "an unknown key of the notice": f"{sample}notice: {{wording: x}}",
    "an unknown key": f"{sample}colour: red",
}
failed = False
for name, text in (right | wrong).items():
    errors = list(validator.iter_errors(yaml.load(text, Loader)))
    print(f"{name}: {len(errors)} errors against Schemas/workspace.schema.json")
    if bool(errors) == (name in right):
        failed = True
        for error in errors:
            print(f"  {'.'.join(map(str, error.path))}: {error.message}")
sys.exit(failed)
