#!/bin/sh
# The native judge's CPython in a container, for --judge-python: no network, nothing to write on, and of this machine only
# the verifier, to read. Copy it to change the image or the limits. The image must be there: podman pull, docker pull.
set -eu
image=docker.io/library/python:3.14-slim
root=$(cd "$(dirname "$0")/../.." && pwd)
name=kelvin-judge-$$

# A judge is started without the variables of this machine, which the engine of containers wants.
export PATH HOME="$(getent passwd "$(id -u)" | cut -d : -f 6)"
engine=$(command -v podman || command -v docker)

# A judge that hangs is ended by killing this process, of which its container would hear nothing.
(
  while kill -0 $$; do sleep 1; done
  "$engine" kill "$name"
) </dev/null >/dev/null 2>&1 &

exec "$engine" run --rm --interactive --name "$name" --network none --read-only --cap-drop all \
  --security-opt no-new-privileges --security-opt label=disable --user 65534:65534 --memory 3g --pids-limit 8 \
  --env PYTHONHASHSEED=0 --env LANG=C.UTF-8 --env TZ=UTC \
  --volume "$root/engine/judge:$root/engine/judge:ro" \
  --volume "$root/src/sandbox/python:$root/src/sandbox/python:ro" \
  "$image" python "$@"
