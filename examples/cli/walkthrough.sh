#!/usr/bin/env bash
# The tutorial, every step by AWS CLI: a secret, a trail, a metric filter, an alarm, a mail; the classic mistake
# (Average instead of Sum), how to find it, how to mend it; and the clean-up.
#
# Runs unchanged against AWS and against Belfry:
#
#   EMAIL=you@example.com ./walkthrough.sh                                            # AWS: takes 20 to 40 minutes
#   EMAIL=you@example.com AWS_ENDPOINT_URL=http://127.0.0.1:4566 ./walkthrough.sh     # Belfry: about two minutes
#
# It waits for you to follow the link in the confirmation mail; set CONFIRM_COMMAND to a command that does it for you.
set -euo pipefail

EMAIL=${EMAIL:?set EMAIL to the address that is to be told}
NAME=${NAME:-belfry-walkthrough}
export AWS_REGION=${AWS_REGION:-${AWS_DEFAULT_REGION:-us-east-1}} AWS_DEFAULT_REGION=${AWS_REGION:-us-east-1} AWS_PAGER=
PATIENCE=${PATIENCE:-1200} # seconds to wait for anything

SECRET=$NAME-secret GROUP=$NAME-logs TRAIL=$NAME-trail ROLE=$NAME-role TOPIC=$NAME-topic ALARM=$NAME-alarm
NAMESPACE=SecurityMetrics METRIC=SecretIsAccessed FILTER=GetSecretsValue
PATTERN='{ ($.eventSource = "secretsmanager.amazonaws.com") && ($.eventName = "GetSecretValue") }'

step() { printf '\n== %s\n' "$*"; }
say() { printf '   %s\n' "$*"; }
quiet() { "$@" >/dev/null; }

# wait_for WHAT COMMAND...: until the command succeeds
wait_for() {
  local what=$1 started=$SECONDS
  shift
  until "$@" >/dev/null 2>&1; do
    if ((SECONDS - started > PATIENCE)); then
      echo "gave up waiting: $what" >&2
      exit 1
    fi
    sleep 0.5
  done
  say "$what (after $((SECONDS - started)) s)"
}

is() { [ "$("${@:2}" 2>/dev/null)" = "$1" ]; }
alarm_state() { aws cloudwatch describe-alarms --alarm-names "$ALARM" --query 'MetricAlarms[0].StateValue' --output text; }
put_alarm() { # STATISTIC
  aws cloudwatch put-metric-alarm --alarm-name "$ALARM" --alarm-description "Somebody read $SECRET" \
    --namespace $NAMESPACE --metric-name $METRIC --statistic "$1" --period 300 --evaluation-periods 1 \
    --threshold 1 --comparison-operator GreaterThanOrEqualToThreshold --treat-missing-data notBreaching \
    --alarm-actions "$TOPIC_ARN"
}

step "Who am I?"
ACCOUNT=$(aws sts get-caller-identity --query Account --output text)
BUCKET=$NAME-$ACCOUNT
say "account $ACCOUNT, region $AWS_REGION"

step "1. Store a secret"
aws secretsmanager create-secret --name "$SECRET" --description "the tutorial's secret" \
  --secret-string '{"The Secret is":"I need three coffees a day to function"}' --query ARN --output text

step "2. Record every call: a trail into a bucket and a log group"
if [ "$AWS_REGION" = us-east-1 ]; then quiet aws s3api create-bucket --bucket "$BUCKET"; else
  quiet aws s3api create-bucket --bucket "$BUCKET" --create-bucket-configuration "LocationConstraint=$AWS_REGION"; fi
TRAIL_ARN=arn:aws:cloudtrail:$AWS_REGION:$ACCOUNT:trail/$TRAIL
aws s3api put-bucket-policy --bucket "$BUCKET" --policy '{"Version":"2012-10-17","Statement":[
  {"Sid":"AWSCloudTrailAclCheck20150319","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},
   "Action":"s3:GetBucketAcl","Resource":"arn:aws:s3:::'"$BUCKET"'","Condition":{"StringEquals":{"aws:SourceArn":"'"$TRAIL_ARN"'"}}},
  {"Sid":"AWSCloudTrailWrite20150319","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},
   "Action":"s3:PutObject","Resource":"arn:aws:s3:::'"$BUCKET"'/AWSLogs/'"$ACCOUNT"'/*",
   "Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control","aws:SourceArn":"'"$TRAIL_ARN"'"}}}]}'
aws logs create-log-group --log-group-name "$GROUP"
aws logs put-retention-policy --log-group-name "$GROUP" --retention-in-days 7
GROUP_ARN=arn:aws:logs:$AWS_REGION:$ACCOUNT:log-group:$GROUP
ROLE_ARN=$(aws iam create-role --role-name "$ROLE" --query Role.Arn --output text --assume-role-policy-document \
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"sts:AssumeRole"}]}')
aws iam put-role-policy --role-name "$ROLE" --policy-name write-logs --policy-document \
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"'"$GROUP_ARN"':log-stream:*"}]}'
create_trail() {
  aws cloudtrail create-trail --name "$TRAIL" --s3-bucket-name "$BUCKET" --is-multi-region-trail \
    --cloud-watch-logs-log-group-arn "$GROUP_ARN:*" --cloud-watch-logs-role-arn "$ROLE_ARN"
}
wait_for "the trail exists (a new role takes AWS a few seconds to know)" create_trail
aws cloudtrail start-logging --name "$TRAIL"
say "logging: $(aws cloudtrail get-trail-status --name "$TRAIL" --query IsLogging --output text)"

step "3. Read the secret, and find the read in the event history"
quiet aws secretsmanager get-secret-value --secret-id "$SECRET"
read_is_known() {
  aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=GetSecretValue \
    --query 'Events[].CloudTrailEvent' --output text | grep -q "$SECRET"
}
wait_for "the event history knows who read it" read_is_known
read_is_logged() {
  aws logs filter-log-events --log-group-name "$GROUP" --filter-pattern "$PATTERN" --query 'events[].message' --output text | grep -q "$SECRET"
}
wait_for "the log group has the record" read_is_logged

step "4. Turn reads into a metric"
aws logs put-metric-filter --log-group-name "$GROUP" --filter-name $FILTER --filter-pattern "$PATTERN" \
  --metric-transformations metricName=$METRIC,metricNamespace=$NAMESPACE,metricValue=1,defaultValue=0
aws logs describe-metric-filters --log-group-name "$GROUP" --query 'metricFilters[].[filterName,filterPattern]' --output text

step "5. A topic, and an address that is told"
TOPIC_ARN=$(aws sns create-topic --name "$TOPIC" --query TopicArn --output text)
say "$(aws sns subscribe --topic-arn "$TOPIC_ARN" --protocol email --notification-endpoint "$EMAIL" --query SubscriptionArn --output text)"
if [ -n "${CONFIRM_COMMAND:-}" ]; then bash -c "$CONFIRM_COMMAND"; else say "Now follow the link in the mail to $EMAIL (Belfry without --smtp: belfry mail shows it)."; fi
confirmed() { aws sns list-subscriptions-by-topic --topic-arn "$TOPIC_ARN" --query 'Subscriptions[].SubscriptionArn' --output text | grep -q '^arn:'; }
wait_for "the address is confirmed" confirmed

step "6. The alarm, with the mistake that everybody makes: the Average"
put_alarm Average
say "A quiet minute must pass: events that match nothing count as 0 (defaultValue)."
quiet aws secretsmanager describe-secret --secret-id "$SECRET"
sleep $((61 - 10#$(date +%S)))
quiet aws secretsmanager get-secret-value --secret-id "$SECRET"
read_is_counted() {
  [ "$(aws cloudwatch get-metric-statistics --namespace $NAMESPACE --metric-name $METRIC --statistics Sum --period 3600 \
    --start-time "$(date -u -d '-1 hour' +%FT%TZ)" --end-time "$(date -u -d '+1 hour' +%FT%TZ)" \
    --query 'length(Datapoints[?Sum >= `1`])' --output text)" != 0 ]
}
wait_for "the metric has counted the read" read_is_counted
sleep 3
say "The secret was read, and the alarm says: $(alarm_state)"

step "7. Why is it silent? Ask each link of the chain (belfry doctor asks them all at once)"
say "Does the mail arrive at all? Raise the alarm by hand:"
aws cloudwatch set-alarm-state --alarm-name "$ALARM" --state-value ALARM --state-reason "Testing the mail"
say "Does the pattern match such a record?"
RECORD=$(aws logs filter-log-events --log-group-name "$GROUP" --filter-pattern "$PATTERN" --query 'events[0].message' --output json |
  python3 -c 'import json,sys; print(json.dumps([json.load(sys.stdin)]))')
say "matches: $(aws logs test-metric-filter --filter-pattern "$PATTERN" --log-event-messages "$RECORD" --query 'length(matches)' --output text)"
say "What does the alarm compare? The average of ones and zeros is below 1:"
aws cloudwatch get-metric-statistics --namespace $NAMESPACE --metric-name $METRIC --statistics Average Sum --period 3600 \
  --start-time "$(date -u -d '-1 hour' +%FT%TZ)" --end-time "$(date -u -d '+1 hour' +%FT%TZ)" \
  --query 'Datapoints[].{average:Average,sum:Sum}' --output text

step "8. Mend it: count reads with the Sum"
aws cloudwatch set-alarm-state --alarm-name "$ALARM" --state-value OK --state-reason "Test is over"
put_alarm Sum
wait_for "the alarm is raised" is ALARM alarm_state
aws cloudwatch describe-alarms --alarm-names "$ALARM" --query 'MetricAlarms[0].StateReason' --output text
mail_was_sent() {
  aws cloudwatch describe-alarm-history --alarm-name "$ALARM" --history-item-type Action \
    --query 'AlarmHistoryItems[].HistorySummary' --output text | grep -q 'Successfully executed action'
}
wait_for "the mail is on its way to $EMAIL" mail_was_sent

if [ -n "${KEEP:-}" ]; then
  step "Everything is kept (KEEP is set)"
  exit 0
fi
step "9. Clean up"
aws cloudwatch delete-alarms --alarm-names "$ALARM"
aws sns delete-topic --topic-arn "$TOPIC_ARN"
aws logs delete-metric-filter --log-group-name "$GROUP" --filter-name $FILTER
aws cloudtrail stop-logging --name "$TRAIL"
aws cloudtrail delete-trail --name "$TRAIL"
aws logs delete-log-group --log-group-name "$GROUP"
aws iam delete-role-policy --role-name "$ROLE" --policy-name write-logs
aws iam delete-role --role-name "$ROLE"
quiet aws s3 rm "s3://$BUCKET" --recursive
aws s3 rb "s3://$BUCKET" --force
quiet aws secretsmanager delete-secret --secret-id "$SECRET" --force-delete-without-recovery
say "nothing is left"
