package belfry.tools.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;

/** The log group is there and can be written to, and the newest read has arrived. */
final class LogGroupCheck implements Check {
    private static final int MARGIN_MILLIS = 60_000;

    @Override
    public String link() {
        return "log group";
    }

    @Override
    public void look(Chain chain) {
        List<Hop<String>> before = new ArrayList<>(chain.groups());
        chain.groups().clear();
        for (Hop<String> hop : before) {
            chain.groups().add(hop.to(hop.what(), sound(chain, hop)));
        }
    }

    private boolean sound(Chain chain, Hop<String> hop) {
        String name = hop.what();
        Optional<LogGroup> group =
                chain.sdk().logs.describeLogGroupsPaginator(r -> r.logGroupNamePrefix(name)).logGroups().stream()
                        .filter(each -> each.logGroupName().equals(name))
                        .findFirst();
        if (group.isEmpty()) {
            chain.broken(
                    this,
                    "The log group " + name + ", into which the trail writes, does not exist.",
                    "aws logs create-log-group --log-group-name " + Words.quoted(name));
            return false;
        }
        Optional<KeyState.Unusable> key = KeyState.of(chain, group.get().kmsKeyId());
        key.ifPresent(unusable -> chain.broken(
                this, "The KMS key of the log group " + name + " is " + unusable.state() + ".", unusable.mend()));
        if (key.isPresent()) {
            return false;
        }
        if (hop.sound()) {
            arrived(chain, name);
        }
        return true;
    }

    private void arrived(Chain chain, String name) {
        if (chain.sample().at().isEmpty()) {
            return;
        }
        long at = chain.sample().at().get().toEpochMilli();
        boolean there = chain
                .sdk()
                .logs
                .filterLogEventsPaginator(r -> r.logGroupName(name)
                        .startTime(at - MARGIN_MILLIS)
                        .filterPattern("{ $.eventID = \"" + chain.sample().eventId() + "\" }"))
                .events()
                .stream()
                .findFirst()
                .isPresent();
        if (there) {
            chain.ok(this, "That read has arrived in the log group " + name + ".");
        } else {
            chain.note(
                    this,
                    "That read is not in the log group " + name
                            + ": the trail was not logging then, or (on AWS) it is on its way, for up to 15 minutes.",
                    "read the secret once more, and ask again");
        }
    }
}
