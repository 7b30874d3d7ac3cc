package belfry.tools.doctor;

import belfry.access.policy.Decision;
import belfry.access.policy.MalformedPolicyException;
import belfry.access.policy.PolicyDocument;
import belfry.access.policy.PolicyPrincipal;
import belfry.access.policy.PolicyRequest;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.sns.model.NotFoundException;

/** The topic is there, and its policy lets in who publishes. */
final class TopicCheck implements Check {
    private final Map<String, Map<String, String>> attributes = new HashMap<>();

    @Override
    public String link() {
        return "topic";
    }

    @Override
    public void look(Chain chain) {
        for (Hop<Chain.Publication> hop : chain.publications()) {
            Chain.Publication publication = hop.what();
            if (!publication.target().startsWith("arn:aws")
                    || !publication.target().contains(":sns:")) {
                chain.note(this, publication.target() + ", which " + publication.what() + " tells, is no topic.", "");
                continue;
            }
            boolean lets = exists(chain, publication) && opens(chain, publication) && lets(chain, publication);
            if (attributes.containsKey(publication.target())) {
                chain.topics().add(hop.to(publication, lets));
            }
        }
        chain.topics().stream()
                .filter(Hop::sound)
                .map(hop -> hop.what().target())
                .distinct()
                .forEach(topic -> chain.ok(this, topic + " is told of a read."));
    }

    private boolean exists(Chain chain, Chain.Publication publication) {
        if (attributes.containsKey(publication.target())) {
            return true;
        }
        try {
            attributes.put(
                    publication.target(),
                    chain.sdk()
                            .topics
                            .getTopicAttributes(r -> r.topicArn(publication.target()))
                            .attributes());
            return true;
        } catch (NotFoundException e) {
            chain.broken(
                    this,
                    "There is no topic " + publication.target() + ", which " + publication.what() + " tells.",
                    "aws sns create-topic --name "
                            + publication
                                    .target()
                                    .substring(publication.target().lastIndexOf(':') + 1));
            return false;
        }
    }

    private boolean lets(Chain chain, Chain.Publication publication) {
        PolicyRequest request = PolicyRequest.of(
                new PolicyPrincipal.Service(publication.service()),
                "sns:Publish",
                publication.target(),
                publication.service().startsWith("cloudwatch")
                        ? Map.of(
                                "AWS:SourceOwner", chain.account(),
                                "aws:SourceAccount", chain.account(),
                                "aws:SourceArn", publication.arn())
                        : Map.of("aws:SourceAccount", chain.account(), "aws:SourceArn", publication.arn()));
        if (decision(publication.target(), request) == Decision.ALLOW) {
            return true;
        }
        chain.broken(
                this,
                "The policy of " + publication.target() + " does not let " + publication.what() + " publish ("
                        + publication.service() + ").",
                "aws sns set-topic-attributes --topic-arn " + publication.target()
                        + " --attribute-name Policy --attribute-value "
                        + Words.quoted("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
                                + "{\"Service\":\"" + publication.service()
                                + "\"},\"Action\":\"sns:Publish\",\"Resource\":\""
                                + publication.target() + "\"}]}")
                        + "   # with the statements that it has already");
        return false;
    }

    private String attribute(String topic, String name) {
        return attributes.getOrDefault(topic, Map.of()).getOrDefault(name, "");
    }

    private Decision decision(String topic, PolicyRequest request) {
        try {
            return PolicyDocument.parse(attribute(topic, "Policy")).evaluate(request);
        } catch (MalformedPolicyException e) {
            return Decision.IMPLICIT_DENY;
        }
    }

    /** The key that AWS manages for SNS lets no service in. */
    private boolean opens(Chain chain, Chain.Publication publication) {
        String key = attribute(publication.target(), "KmsMasterKeyId");
        if (!key.endsWith("alias/aws/sns")) {
            return true;
        }
        chain.broken(
                this,
                publication.target() + " is encrypted under alias/aws/sns, which " + publication.service()
                        + " may not use.",
                "encrypt it under a key of your own whose policy lets " + publication.service()
                        + " call kms:Decrypt and kms:GenerateDataKey*");
        return false;
    }
}
