#!/usr/bin/env bash
# Says whether one campaign differs from what its file desired/*.json declares.
set -euo pipefail

id=$(jq --raw-output .campaignId "$1")
desired=$(jq --compact-output --sort-keys \
  '[.include, .exclude] | map(map({audienceId, type}) | sort_by(.audienceId))' "$1")
live=$(curl --silent --show-error --fail --header "Authorization: Bearer $EXPERITURE_TOKEN" \
  "$EXPERITURE_API_URL/campaigns/$id/summary" | jq --compact-output --sort-keys \
  '.data.audience | [.included, .excluded] | map(map({audienceId: .id, type}) | sort_by(.audienceId))')
if [ "$live" != "$desired" ]; then
  echo "$id differs"
fi
