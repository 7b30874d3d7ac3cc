# Who is told: people by mail, programs by a queue.

resource "aws_sns_topic" "alerts" {
  name         = "${var.name}-alerts"
  display_name = "Secret watch"
}

# Who may publish, and on behalf of what: a service's name alone would let that service in for anybody.
locals {
  publishers = merge(
    {
      AlarmsPublish = {
        service = "cloudwatch.amazonaws.com"
        source  = "arn:${local.partition}:cloudwatch:${var.region}:${local.account}:alarm:${var.name}-*"
      }
      DirectRulePublishes = {
        service = "events.amazonaws.com"
        source  = aws_cloudwatch_event_rule.direct.arn
      }
    },
    var.announce_files ? {
      TrailPublishes = {
        service = "cloudtrail.amazonaws.com"
        source  = local.trail_arn
      }
    } : {},
  )
}

resource "aws_sns_topic_policy" "alerts" {
  arn = aws_sns_topic.alerts.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for sid, publisher in local.publishers : {
      Sid       = sid
      Effect    = "Allow"
      Principal = { Service = publisher.service }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.alerts.arn
      Condition = { ArnLike = { "aws:SourceArn" = publisher.source } }
    }]
  })
}

# Terraform does not wait for the answer to the confirmation mail; until then nothing else is sent there.
resource "aws_sns_topic_subscription" "mail" {
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "email"
  endpoint  = var.email
}

resource "aws_sqs_queue" "alerts" {
  name                      = "${var.name}-alerts"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue_policy" "alerts" {
  queue_url = aws_sqs_queue.alerts.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TheTopicSends"
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.alerts.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.alerts.arn } }
    }]
  })
}

resource "aws_sns_topic_subscription" "queue" {
  topic_arn     = aws_sns_topic.alerts.arn
  protocol      = "sqs"
  endpoint      = aws_sqs_queue.alerts.arn
  filter_policy = length(var.queue_filter) == 0 ? null : jsonencode(var.queue_filter)

  depends_on = [aws_sqs_queue_policy.alerts]
}
