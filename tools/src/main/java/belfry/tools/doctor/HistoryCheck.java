package belfry.tools.doctor;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;

/** The newest read in the event history, which needs no trail: has there been one at all? */
final class HistoryCheck implements Check {
    private static final int NEWEST = 50;
    private static final LookupAttribute READS = LookupAttribute.builder()
            .attributeKey(LookupAttributeKey.EVENT_NAME)
            .attributeValue("GetSecretValue")
            .build();

    @Override
    public String link() {
        return "history";
    }

    @Override
    public void look(Chain chain) {
        List<Event> reads = chain.sdk()
                .trails
                .lookupEvents(r -> r.maxResults(NEWEST).lookupAttributes(READS))
                .events();
        Optional<Event> read = reads.stream()
                .filter(event -> chain.secret().isEmpty() || of(chain.secret().get(), event))
                .findFirst();
        String what = chain.secret().map(name -> "read of " + name).orElse("read of a secret");
        read.ifPresentOrElse(
                event -> {
                    chain.sample(new Sample(event.cloudTrailEvent(), Optional.of(event.eventTime())));
                    chain.ok(
                            this,
                            "The newest " + what + " was at " + event.eventTime() + " by " + event.username() + ".");
                },
                () -> chain.note(
                        this,
                        "No " + what + " is among the newest " + NEWEST
                                + " reads of the event history (AWS shows them after minutes); patterns are tried with a"
                                + " made-up record.",
                        "aws secretsmanager get-secret-value --secret-id "
                                + chain.secret().map(Words::quoted).orElse("NAME")));
    }

    /** By name or ARN; in an ARN six characters follow the name. */
    private static boolean of(String secret, Event event) {
        JsonNode record = Json.parse(event.cloudTrailEvent());
        String asked = record.path("requestParameters").path("secretId").asText();
        return asked.equals(secret)
                || asked.matches(".*:secret:" + java.util.regex.Pattern.quote(secret) + "(-[A-Za-z0-9]{6})?");
    }
}
