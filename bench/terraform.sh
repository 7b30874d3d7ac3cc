#!/usr/bin/env bash
# Time of `terraform apply` and `terraform destroy` of examples/terraform, on Belfry and on moto, one after the other in one
# run. Left out on both sides is what moto 5.2.1 cannot do: the trail (it takes no ARN where a name is meant), the
# composite alarm and the saved query (not implemented), and deleting a user with force (one of its lists is missing).
#
#   bench/terraform.sh ./belfry moto_server PLUGINS
#
# PLUGINS: the folder above registry.terraform.io, as `terraform providers mirror` fills it.
set -euo pipefail

belfry=$1 moto=$2 plugins=$3
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
servers=()
cleanup() {
  for pid in "${servers[@]}"; do kill "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap cleanup EXIT

cp "$here"/examples/terraform/*.tf "$work"
sed -i '/^resource "aws_iam_user"/,/^}/s/force_destroy *= true/force_destroy = false/' "$work/secret.tf"
skipped='aws_cloudtrail.this|aws_cloudwatch_composite_alarm.intrusion|aws_cloudwatch_query_definition.readers'
targets=()
while read -r address; do targets+=("-target=$address"); done < <(
  sed -n 's/^resource "\([^"]*\)" "\([^"]*\)".*/\1.\2/p' "$work"/*.tf | grep -Evx "$skipped"
)

export AWS_ACCESS_KEY_ID=bench AWS_SECRET_ACCESS_KEY=unused AWS_EC2_METADATA_DISABLED=true CHECKPOINT_DISABLE=1
export TF_CLI_CONFIG_FILE=$work/terraform.rc TF_VAR_email=bench@example.com TF_VAR_secret_value=bench TF_CLI_ARGS=-no-color
touch "$TF_CLI_CONFIG_FILE"
terraform -chdir="$work" init -plugin-dir="$plugins" >/dev/null

await() { until curl -fso /dev/null "$1"; do sleep 0.2; done; }
timed() { # WHAT COMMAND...
  local started=$EPOCHREALTIME
  "${@:2}" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
  awk -v what="$1" -v from="$started" -v to="$EPOCHREALTIME" 'BEGIN { printf "%-16s %6.1f s\n", what, to - from }'
}
lives() { # NAME URL
  export TF_VAR_endpoint=$2
  timed "$1 apply" terraform -chdir="$work" apply -auto-approve -input=false -state="$1.tfstate" "${targets[@]}"
  timed "$1 plan" terraform -chdir="$work" plan -input=false -state="$1.tfstate" "${targets[@]}"
  timed "$1 destroy" terraform -chdir="$work" destroy -auto-approve -input=false -state="$1.tfstate" "${targets[@]}"
}

$belfry serve --dev --port 4691 --data-dir "$work/data" >"$work/belfry.out" 2>&1 &
servers+=($!)
"$moto" -p 4692 >"$work/moto.out" 2>&1 &
servers+=($!)
await http://127.0.0.1:4691/_belfry/health
await http://127.0.0.1:4692/moto-api/
lives belfry http://127.0.0.1:4691
lives moto http://127.0.0.1:4692
