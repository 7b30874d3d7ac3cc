# Who is told: people by mail, programs by a queue.

resource "aws_sns_topic" "alerts" {
  name         = "${var.name}-alerts"
  display_name = "Secret watch"
}

# Who may publish, and on behalf of what: a service's name alone would let in that service for anybody.
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

data "aws_iam_policy_document" "topic" {
  dynamic "statement" {
    for_each = local.publishers

    content {
      sid       = statement.key
      actions   = ["sns:Publish"]
      resources = [aws_sns_topic.alerts.arn]

      principals {
        type        = "Service"
        identifiers = [statement.value.service]
      }

      condition {
        test     = "ArnLike"
        variable = "aws:SourceArn"
        values   = [statement.value.source]
      }
    }
  }
}

resource "aws_sns_topic_policy" "alerts" {
  arn    = aws_sns_topic.alerts.arn
  policy = data.aws_iam_policy_document.topic.json
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

data "aws_iam_policy_document" "queue" {
  statement {
    sid       = "TheTopicSends"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.alerts.arn]

    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_sns_topic.alerts.arn]
    }
  }
}

resource "aws_sqs_queue_policy" "alerts" {
  queue_url = aws_sqs_queue.alerts.id
  policy    = data.aws_iam_policy_document.queue.json
}

resource "aws_sns_topic_subscription" "queue" {
  topic_arn     = aws_sns_topic.alerts.arn
  protocol      = "sqs"
  endpoint      = aws_sqs_queue.alerts.arn
  filter_policy = length(var.queue_filter) == 0 ? null : jsonencode(var.queue_filter)

  depends_on = [aws_sqs_queue_policy.alerts]
}
