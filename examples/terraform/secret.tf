# The secret, the key that seals it, and a user who may read this one secret and nothing else.

resource "aws_kms_key" "this" {
  count = var.customer_key ? 1 : 0

  description             = "Seals ${var.name}'s secret and log group"
  enable_key_rotation     = true
  deletion_window_in_days = 7
  policy                  = data.aws_iam_policy_document.key.json
}

resource "aws_kms_alias" "this" {
  count = var.customer_key ? 1 : 0

  name          = "alias/${var.name}"
  target_key_id = aws_kms_key.this[0].key_id
}

data "aws_iam_policy_document" "key" {
  # Without this statement nobody could change the key ever again: IAM policies count for a key only if it says so.
  statement {
    sid       = "TheAccountAdministers"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${local.partition}:iam::${local.account}:root"]
    }
  }

  # CloudWatch Logs seals one group with it, and says which in the encryption context.
  statement {
    sid       = "LogsSealsTheGroup"
    actions   = ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["logs.${var.region}.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "kms:EncryptionContext:aws:logs:arn"
      values   = ["arn:${local.partition}:logs:${var.region}:${local.account}:log-group:${local.log_group_name}"]
    }
  }
}

resource "aws_secretsmanager_secret" "this" {
  name        = "${var.name}/top-secret"
  description = "The secret that is watched"
  kms_key_id  = one(aws_kms_key.this[*].arn)

  # Gone at once on destroy, so that the example can be applied again. Keep the default of 30 days for real secrets.
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret_version" "this" {
  secret_id                = aws_secretsmanager_secret.this.id
  secret_string_wo         = var.secret_value
  secret_string_wo_version = var.secret_value_version
}

resource "aws_iam_user" "reader" {
  name          = "${var.name}-reader"
  path          = "/applications/"
  force_destroy = true
}

data "aws_iam_policy_document" "reader" {
  statement {
    sid       = "ReadsOneSecret"
    actions   = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
    resources = [aws_secretsmanager_secret.this.arn]
  }

  dynamic "statement" {
    for_each = aws_kms_key.this[*].arn

    content {
      sid       = "UnsealsItThroughSecretsManager"
      actions   = ["kms:Decrypt"]
      resources = [statement.value]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["secretsmanager.${var.region}.amazonaws.com"]
      }
    }
  }
}

resource "aws_iam_policy" "reader" {
  name        = "${var.name}-reader"
  description = "Reads ${aws_secretsmanager_secret.this.name}"
  policy      = data.aws_iam_policy_document.reader.json
}

resource "aws_iam_user_policy_attachment" "reader" {
  user       = aws_iam_user.reader.name
  policy_arn = aws_iam_policy.reader.arn
}

resource "aws_iam_access_key" "reader" {
  count = var.reader_access_key ? 1 : 0

  user = aws_iam_user.reader.name
}
