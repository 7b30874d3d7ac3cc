# What is looked for in the records, and when it is an alarm. One row here is a metric filter and an alarm.

locals {
  metric_namespace = "SecretWatch/${var.name}"

  detections = {
    secret-read = {
      what    = "Somebody read a secret"
      pattern = "{ ($.eventSource = \"secretsmanager.amazonaws.com\") && (${join(" || ", [for call in var.watched_calls : "($.eventName = \"${call}\")"])}) }"
    }
    root-sign-in = {
      what    = "The account's root user signed in or called an API"
      pattern = "{ ($.userIdentity.type = \"Root\") && ($.userIdentity.invokedBy NOT EXISTS) && ($.eventType != \"AwsServiceEvent\") }"
    }
    unauthorised-calls = {
      what    = "A call was refused for want of permission"
      pattern = "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }"
    }
    iam-changes = {
      what    = "A policy of IAM was changed"
      pattern = "{ ($.eventSource = \"iam.amazonaws.com\") && (${join(" || ", [for call in local.iam_changes : "($.eventName = \"${call}\")"])}) }"
    }
    access-keys = {
      what    = "An access key was made, changed or deleted"
      pattern = "{ ($.eventSource = \"iam.amazonaws.com\") && (($.eventName = \"CreateAccessKey\") || ($.eventName = \"UpdateAccessKey\") || ($.eventName = \"DeleteAccessKey\")) }"
    }
  }

  # A pattern may have 1024 characters: creating and deleting without attaching gives nobody anything.
  iam_changes = [
    "AttachGroupPolicy", "AttachRolePolicy", "AttachUserPolicy",
    "DetachGroupPolicy", "DetachRolePolicy", "DetachUserPolicy",
    "PutGroupPolicy", "PutRolePolicy", "PutUserPolicy",
    "CreatePolicyVersion", "SetDefaultPolicyVersion", "UpdateAssumeRolePolicy",
  ]
}

resource "aws_cloudwatch_log_metric_filter" "this" {
  for_each = local.detections

  name           = each.key
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = each.value.pattern

  metric_transformation {
    name          = each.key
    namespace     = local.metric_namespace
    value         = "1"
    default_value = "0" # minutes with calls of other kinds count as 0, and not as silence
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.detections

  alarm_name        = "${var.name}-${each.key}"
  alarm_description = each.value.what

  namespace           = local.metric_namespace
  metric_name         = aws_cloudwatch_log_metric_filter.this[each.key].metric_transformation[0].name
  statistic           = var.alarm_statistic
  period              = var.alarm_period
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching" # no records: nothing was called

  alarm_actions = [aws_sns_topic.alerts.arn]
}

# A read alone may be business as usual. A read while somebody tries doors or changes locks is not.
resource "aws_cloudwatch_composite_alarm" "intrusion" {
  alarm_name        = "${var.name}-intrusion"
  alarm_description = "A secret was read while calls were refused, or permissions or access keys changed"

  alarm_rule = join(" ", [
    "ALARM(\"${aws_cloudwatch_metric_alarm.this["secret-read"].alarm_name}\") AND (",
    join(" OR ", [
      for name in ["unauthorised-calls", "iam-changes", "access-keys"] :
      "ALARM(\"${aws_cloudwatch_metric_alarm.this[name].alarm_name}\")"
    ]),
    ")",
  ])

  alarm_actions = [aws_sns_topic.alerts.arn]
}

# To look closer: who read which secret, from where.
resource "aws_cloudwatch_query_definition" "readers" {
  name            = "${var.name}/who-read-secrets"
  log_group_names = [aws_cloudwatch_log_group.trail.name]

  query_string = <<-EOT
    fields eventTime, userIdentity.arn, sourceIPAddress, userAgent, requestParameters.secretId, errorCode
    | filter eventSource = "secretsmanager.amazonaws.com" and eventName like /GetSecretValue/
    | sort eventTime desc
    | limit 100
  EOT
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name

  dashboard_body = jsonencode({
    widgets = [
      {
        type = "metric", x = 0, y = 0, width = 16, height = 6
        properties = {
          title   = "What was detected"
          region  = var.region
          stat    = "Sum"
          period  = 60
          view    = "timeSeries"
          metrics = [for name in sort(keys(local.detections)) : [local.metric_namespace, name]]
        }
      },
      {
        type = "alarm", x = 16, y = 0, width = 8, height = 6
        properties = {
          title  = "Alarms"
          alarms = [for name in sort(keys(local.detections)) : aws_cloudwatch_metric_alarm.this[name].arn]
        }
      },
    ]
  })
}
