#!/usr/bin/env bash
set -euo pipefail

printf '%s\0' desired/*.json | xargs -0 -n 1 -P 10 bash "$(dirname "$0")/compare.sh"
