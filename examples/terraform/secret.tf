# The secret, the key that seals it, and a user who may read this one secret and nothing else.
#
# Policies are written with jsonencode throughout. A data source (aws_iam_policy_document) that refers to a resource is read
# again whenever anything of that resource changes, and then each new tag shows a policy as changed.

resource "aws_kms_key" "this" {
  count = var.customer_key ? 1 : 0

  description             = "Seals ${var.name}'s secret, log group and trail files"
  enable_key_rotation     = true
  deletion_window_in_days = 7

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      # Without this statement nobody could change the key ever again: IAM policies count for a key only if it says so.
      {
        Sid       = "TheAccountAdministers"
        Effect    = "Allow"
        Principal = { AWS = "arn:${local.partition}:iam::${local.account}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      # CloudWatch Logs seals one group with it, and says which in the encryption context.
      {
        Sid       = "LogsSealsTheGroup"
        Effect    = "Allow"
        Principal = { Service = "logs.${var.region}.amazonaws.com" }
        Action    = ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
        Resource  = "*"
        Condition = {
          ArnEquals = { "kms:EncryptionContext:aws:logs:arn" = local.log_group_arn }
        }
      },
      # CloudTrail seals this trail's files. Who reads them needs kms:Decrypt, which the first statement leaves to IAM.
      {
        Sid       = "CloudTrailSealsItsFiles"
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = "kms:GenerateDataKey*"
        Resource  = "*"
        Condition = {
          StringEquals = { "aws:SourceArn" = local.trail_arn }
          StringLike   = { "kms:EncryptionContext:aws:cloudtrail:arn" = local.trail_arn }
        }
      },
      {
        Sid       = "CloudTrailLooksAtTheKey"
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = "kms:DescribeKey"
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceArn" = local.trail_arn } }
      },
    ]
  })
}

resource "aws_kms_alias" "this" {
  count = var.customer_key ? 1 : 0

  name          = "alias/${var.name}"
  target_key_id = aws_kms_key.this[0].key_id
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

resource "aws_iam_policy" "reader" {
  name        = "${var.name}-reader"
  description = "Reads ${aws_secretsmanager_secret.this.name}"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid      = "ReadsOneSecret"
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
        Resource = aws_secretsmanager_secret.this.arn
      }],
      [for key in aws_kms_key.this : {
        Sid       = "UnsealsItThroughSecretsManager"
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = key.arn
        Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${var.region}.amazonaws.com" } }
      }],
    )
  })
}

resource "aws_iam_user_policy_attachment" "reader" {
  user       = aws_iam_user.reader.name
  policy_arn = aws_iam_policy.reader.arn
}

resource "aws_iam_access_key" "reader" {
  count = var.reader_access_key ? 1 : 0

  user = aws_iam_user.reader.name
}
