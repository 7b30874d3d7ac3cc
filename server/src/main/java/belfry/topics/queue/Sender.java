package belfry.topics.queue;

import belfry.gateway.Call;
import belfry.gateway.Principal;
import java.util.Map;

/** Who sends a message. */
sealed interface Sender {
    /** {@code SenderId}: the unique id of whoever sent. */
    String id();

    /** For whom a data key is made, and used again. */
    String producer();

    /** Somebody who called. */
    record Caller(Call call) implements Sender {
        @Override
        public String id() {
            return switch (call.principal()) {
                case Principal.IamUser user -> user.userId();
                case Principal.AssumedRole role -> role.roleId() + ":" + role.sessionName();
                case Principal.Root root -> root.account();
                case Principal.Anonymous nobody -> nobody.account();
            };
        }

        @Override
        public String producer() {
            return call.principal().arn();
        }
    }

    /**
     * Another service.
     *
     * @param principal its full name: {@code events.amazonaws.com}
     * @param conditions what a policy may ask about it: {@code aws:SourceArn} and the like
     */
    record Service(String principal, Map<String, String> conditions) implements Sender {
        @Override
        public String id() {
            return principal;
        }

        @Override
        public String producer() {
            return principal;
        }
    }

    /** A redrive; whoever started it was asked for permissions then. */
    record Redrive(String id) implements Sender {
        @Override
        public String producer() {
            return "redrive";
        }
    }
}
