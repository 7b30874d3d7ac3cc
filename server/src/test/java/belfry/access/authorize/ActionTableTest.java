package belfry.access.authorize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import belfry.api.Services;
import belfry.gateway.Call;
import belfry.wire.Member;
import belfry.wire.ServiceBinding;
import belfry.wire.ServiceDescriptor;
import belfry.wire.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The tables name every operation that is built, and no member that a request does not have. */
class ActionTableTest {
    private static final Pattern MEMBER = Pattern.compile("\\{([A-Za-z.]+)(?:\\|[^}]*)?}|\\(([A-Za-z.|]+)\\)");

    @Test
    void everyOperationThatIsBuiltHasItsPermissions() {
        List<String> missing = new ArrayList<>();
        try (TestServer server = TestServer.start()) {
            for (ServiceBinding<Call> service : server.belfry().services()) {
                ActionTable table = ActionTable.of(service.service().name());
                service.implemented().stream()
                        .filter(operation -> table.needs(operation).isEmpty())
                        .forEach(operation -> missing.add(service.service().name() + ".txt: " + operation));
            }
        }
        assertThat(missing)
                .as("operations without a line in server/src/main/resources/belfry/access/actions/<service>.txt;"
                        + " secretsmanager.txt says how such a line is written")
                .isEmpty();
    }

    @Test
    void theTablesSpeakOnlyOfMembersThatExist() {
        List<String> wrong = new ArrayList<>();
        for (ServiceDescriptor service : Services.ALL) {
            ActionTable table = ActionTable.of(service.name());
            for (String operation : service.operations()) {
                Shape input = service.model().operation(operation).input();
                for (Need need : table.needs(operation).orElse(List.of())) {
                    named(need).stream()
                            .filter(member -> !has(input, member))
                            .forEach(member -> wrong.add(service.name() + ":" + operation + " has no " + member));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static List<String> named(Need need) {
        List<String> names = new ArrayList<>();
        need.onlyIf().ifPresent(names::add);
        names.addAll(need.unless());
        Matcher matcher = MEMBER.matcher(need.resource());
        while (matcher.find()) {
            String found = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            names.addAll(Arrays.asList(found.split("\\|")));
        }
        names.removeAll(List.of("region", "account"));
        return names;
    }

    private static boolean has(@Nullable Shape shape, String path) {
        if (shape == null) {
            return false;
        }
        int dot = path.indexOf('.');
        Member member = shape.member(dot < 0 ? path : path.substring(0, dot));
        if (member == null || dot < 0) {
            return member != null;
        }
        return has(member.target().element().target(), path.substring(dot + 1));
    }

    @Test
    void aLineThatIsNoLineIsRefused() {
        assertThatThrownBy(() -> ActionTable.parse("s3", List.of("GetObject nonsense")))
                .hasMessageContaining("no resource");
        assertThatThrownBy(() -> ActionTable.parse("s3", List.of("GetObject * if")))
                .hasMessageContaining("a word too many");
        assertThatThrownBy(() -> ActionTable.parse("s3", List.of("GetObject"))).hasMessageContaining("what it needs");
    }
}
