package belfry.trail;

import belfry.base.Arn;
import belfry.gateway.Exchange;
import belfry.gateway.Touched;
import belfry.wire.Member;
import belfry.wire.Shape;
import belfry.wire.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which resources a call touched: what the operation named, or else what its input says. Event history finds events by
 * all of them; only the services in {@link #SHOWING} also print them in the record (semantics: cloudtrail.md §1.6).
 */
final class Resources {
    private static final Set<String> SHOWING = Set.of("kms", "sts", "s3", "sns", "sqs", "cloudwatch");

    private Resources() {}

    static boolean shown(String service) {
        return SHOWING.contains(service);
    }

    static List<Touched> of(Exchange exchange, OperationPlan plan) {
        if (!exchange.touched().isEmpty()) {
            return exchange.touched();
        }
        Shape shape = plan.input();
        Struct input = exchange.input();
        if (shape == null || input == null) {
            return List.of();
        }
        return switch (plan.service()) {
            case "s3" -> s3(text(shape, input, "Bucket"), text(shape, input, "Key"));
            case "sts" -> one("AWS::IAM::Role", exchange.error() == null ? text(shape, input, "RoleArn") : null);
            case "sns" -> one("AWS::SNS::Topic", text(shape, input, "TopicArn"));
            case "sqs" -> one("AWS::SQS::Queue", queue(exchange, text(shape, input, "QueueUrl")));
            case "cloudwatch" ->
                one(
                        plan.dataType(),
                        exchange.call().arn("cloudwatch", "metric/*").toString());
            default -> List.of();
        };
    }

    private static List<Touched> one(@Nullable String type, @Nullable String arn) {
        return type == null || arn == null ? List.of() : List.of(new Touched(type, arn));
    }

    private static List<Touched> s3(@Nullable String bucket, @Nullable String key) {
        List<Touched> touched = new ArrayList<>();
        if (bucket != null) {
            String arn = "arn:aws:s3:::" + bucket;
            if (key != null) {
                touched.add(new Touched("AWS::S3::Object", arn + "/" + key));
            }
            touched.add(new Touched("AWS::S3::Bucket", arn));
        }
        return touched;
    }

    private static @Nullable String queue(Exchange exchange, @Nullable String url) {
        if (url == null) {
            return null;
        }
        String name = url.substring(url.lastIndexOf('/') + 1);
        return name.isEmpty()
                ? null
                : Arn.of("sqs", exchange.call().region(), exchange.call().account(), name)
                        .toString();
    }

    private static @Nullable String text(Shape shape, Struct input, String name) {
        Member member = shape.member(name);
        return member != null && input.getAt(member.index()) instanceof String text ? text : null;
    }
}
