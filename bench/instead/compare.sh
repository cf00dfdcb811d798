#!/usr/bin/env bash
# Says what would have to change in one campaign, as its file desired/*.json declares it.
set -euo pipefail

id=$(jq --raw-output .campaignId "$1")
summary=$(curl --silent --show-error --fail --header "Authorization: Bearer $EXPERITURE_TOKEN" \
  "$EXPERITURE_API_URL/campaigns/$id/summary")
desired=$(jq --compact-output --sort-keys \
  '[.include, .exclude] | map(map({audienceId, type}) | sort_by(.audienceId))' "$1")
live=$(jq --compact-output --sort-keys \
  '.data.audience | [.included, .excluded] | map(map({audienceId: .id, type}) | sort_by(.audienceId))' \
  <<<"$summary")
status=$(jq --raw-output .data.authoringStatus <<<"$summary")
if [ "$live" != "$desired" ]; then
  echo "$id differs ($status)"
fi
