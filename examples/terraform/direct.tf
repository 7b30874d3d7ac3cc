# The direct way: CloudTrail -> EventBridge -> SNS, without log group, metric and alarm. One mail for each read.
#
# This is where the tutorial's author got no mail, for two reasons that nothing tells you of:
#   - a rule that is merely ENABLED never hears of Get..., List... and Describe... calls;
#   - a topic takes nothing from EventBridge unless its policy says so (see notify.tf).

resource "aws_cloudwatch_event_rule" "direct" {
  name        = "cloudtrail-direct-sns"
  description = "Reads of secrets, as CloudTrail records them"
  state       = var.direct_rule_state

  event_pattern = jsonencode({
    source      = ["aws.secretsmanager"]
    detail-type = ["AWS API Call via CloudTrail"]
    detail = {
      eventSource = ["secretsmanager.amazonaws.com"]
      eventName   = var.watched_calls
    }
  })
}

resource "aws_cloudwatch_event_target" "direct" {
  rule      = aws_cloudwatch_event_rule.direct.name
  target_id = "alerts"
  arn       = aws_sns_topic.alerts.arn

  # Who, what, when, from where: a sentence instead of sixty lines of JSON. Each line is a text in quotes.
  dynamic "input_transformer" {
    for_each = var.direct_readable ? [true] : []

    content {
      input_paths = {
        who    = "$.detail.userIdentity.arn"
        what   = "$.detail.eventName"
        secret = "$.detail.requestParameters.secretId"
        when   = "$.detail.eventTime"
        from   = "$.detail.sourceIPAddress"
        with   = "$.detail.userAgent"
        id     = "$.detail.eventID"
      }

      input_template = <<-EOT
        "<who> called <what>"
        "for the secret <secret>"
        "at <when>"
        "from <from> with <with>."
        "CloudTrail's event: <id>"
      EOT
    }
  }

  # Not before it may publish: what it could not deliver in between would be lost.
  depends_on = [aws_sns_topic_policy.alerts]
}
