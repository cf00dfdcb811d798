#!/usr/bin/env bash
set -euo pipefail

for file in desired/*.json; do
  bash "$(dirname "$0")/compare.sh" "$file"
done
