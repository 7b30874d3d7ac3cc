package belfry.gateway;

/**
 * A resource that a call touched.
 *
 * @param type CloudFormation's name, for example {@code AWS::KMS::Key}
 */
public record Touched(String type, String arn) {}
