"""The page's own answers, from test/engine/page.ts."""

import base64
import json
import subprocess

from kelvin_engine.node import repository


def ask(question):
    command = ["node", "--import", "tsx", "test/engine/page.ts"]
    done = subprocess.run(
        command, cwd=repository(), input=json.dumps(question), stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(done.stdout)


def unpack(text):
    return base64.b64decode(text)
