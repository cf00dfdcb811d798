#!/usr/bin/env bash
set -euo pipefail

for file in desired/*.json; do
  source "$(dirname "$0")/compare.sh" "$file"
done
