package belfry.tools.doctor;

import belfry.tools.doctor.Finding.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricFilter;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricTransformation;

/** What is asked, what was found, and what the chain leads to so far. Each check adds to it. */
final class Chain {
    private final Sdk sdk;
    private final String account;
    private final String region;
    private final Optional<String> secret;
    private final Optional<String> email;
    private final List<Finding> findings = new ArrayList<>();

    /** A record of a read of the secret: a real one where there is one. */
    private Sample sample;

    private boolean readable = true;
    private boolean recorded;
    private final List<Hop<String>> groups = new ArrayList<>();
    private final List<Hop<Counted>> counted = new ArrayList<>();
    private final List<Hop<Publication>> publications = new ArrayList<>();
    private final List<Hop<Publication>> topics = new ArrayList<>();
    private final Set<String> standing = new HashSet<>();
    private final List<Hop<String>> mailboxes = new ArrayList<>();

    /** A metric that counts reads, and the filter that makes it. */
    record Counted(MetricFilter filter, MetricTransformation metric, List<Dimension> dimensions) {}

    /**
     * Something that publishes to a topic when a secret is read.
     *
     * @param what in words: {@code the alarm X}
     * @param service the principal that the topic's policy must let in
     * @param arn the alarm's or rule's
     * @param target the ARN that it publishes to
     * @param body what a message of it looks like
     */
    record Publication(String what, String service, String arn, String target, String body) {}

    Chain(Sdk sdk, String account, String region, Optional<String> secret, Optional<String> email) {
        this.sdk = sdk;
        this.account = account;
        this.region = region;
        this.secret = secret;
        this.email = email;
        this.sample = Sample.made(account, region, secret.orElse("some-secret"));
    }

    Sdk sdk() {
        return sdk;
    }

    String account() {
        return account;
    }

    String region() {
        return region;
    }

    Optional<String> secret() {
        return secret;
    }

    Optional<String> email() {
        return email;
    }

    List<Finding> findings() {
        return findings;
    }

    /** Whether something could not be seen so far. */
    boolean sawNot() {
        return findings.stream().anyMatch(finding -> finding.verdict() == Verdict.UNSEEN);
    }

    Sample sample() {
        return sample;
    }

    void sample(Sample real) {
        sample = real;
    }

    /** Whether reads succeed, as far as the secret and its key go. */
    boolean readable() {
        return readable;
    }

    void notReadable() {
        readable = false;
    }

    /** Whether a trail records reads, so that rules may hear of them. */
    boolean recorded() {
        return recorded;
    }

    void recorded(boolean sound) {
        recorded |= sound;
    }

    /** Log groups that trails write into. */
    List<Hop<String>> groups() {
        return groups;
    }

    List<Hop<Counted>> counted() {
        return counted;
    }

    /** Alarms and rules, with what they publish to. */
    List<Hop<Publication>> publications() {
        return publications;
    }

    /** What reaches a topic that exists. */
    List<Hop<Publication>> topics() {
        return topics;
    }

    /** ARNs of alarms that were raised already, and so say nothing of a further read. */
    Set<String> standing() {
        return standing;
    }

    /** Addresses that are told of a read. */
    List<Hop<String>> mailboxes() {
        return mailboxes;
    }

    void ok(Check check, String text) {
        findings.add(new Finding(Verdict.OK, check.link(), text, ""));
    }

    void note(Check check, String text, String mend) {
        findings.add(new Finding(Verdict.NOTE, check.link(), text, mend));
    }

    void broken(Check check, String text, String mend) {
        findings.add(new Finding(Verdict.BROKEN, check.link(), text, mend));
    }

    void unseen(Check check, String text) {
        findings.add(new Finding(Verdict.UNSEEN, check.link(), text, ""));
    }
}
