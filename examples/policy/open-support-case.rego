# What can reach more people must exclude who has an open support case.
package main

import rego.v1

# open-support-case of audiences.yaml, in production. A plan names audiences by id; names are in input.audiences.
open_support_case := "e6801ed7-da2e-46b0-bff1-0130f1db4573"

deny contains msg if {
	some change in input.changes
	change.action == "update"
	change.direction in {"widens", "mixed"}
	excluded := {entry.audienceId | some entry in change.after.exclude}
	not open_support_case in excluded
	msg := sprintf("%s can reach more people, and does not exclude who has an open support case.", [change.source.file])
}
