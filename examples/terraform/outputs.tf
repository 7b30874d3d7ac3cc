output "secret_arn" {
  description = "The secret that is watched."
  value       = aws_secretsmanager_secret.this.arn
}

output "secret_name" {
  description = "What access_secret.py takes as --name."
  value       = aws_secretsmanager_secret.this.name
}

output "trail_arn" {
  description = "The trail that records every call."
  value       = aws_cloudtrail.this.arn
}

output "trail_bucket" {
  description = "Where the trail's files lie."
  value       = aws_s3_bucket.trail.id
}

output "log_group" {
  description = "Where the trail's records can be searched."
  value       = aws_cloudwatch_log_group.trail.name
}

output "topic_arn" {
  description = "The topic that tells people and programs."
  value       = aws_sns_topic.alerts.arn
}

output "queue_url" {
  description = "The queue for programs."
  value       = aws_sqs_queue.alerts.id
}

output "alarms" {
  description = "The alarms by what they look for."
  value       = { for name, alarm in aws_cloudwatch_metric_alarm.this : name => alarm.alarm_name }
}

output "direct_rule_arn" {
  description = "The rule of the direct way."
  value       = aws_cloudwatch_event_rule.direct.arn
}

output "reader_arn" {
  description = "The user who may read the secret."
  value       = aws_iam_user.reader.arn
}

output "reader_access_key" {
  description = "The reader's access key, where one was asked for."
  sensitive   = true
  value = var.reader_access_key ? {
    id     = aws_iam_access_key.reader[0].id
    secret = aws_iam_access_key.reader[0].secret
  } : null
}
