package belfry.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.api.Services;
import belfry.api.secretsmanager.GetSecretValueRequest;
import belfry.api.secretsmanager.GetSecretValueResponse;
import belfry.api.secretsmanager.SecretsManagerApi;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServiceModelTest {
    static Stream<ServiceDescriptor> services() {
        return Services.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyShapeOfEveryOperationIsUsable(ServiceDescriptor service) {
        Set<Shape> seen = new HashSet<>();
        for (String name : service.operations()) {
            Operation operation = service.model().operation(name);
            visit(operation.input(), seen);
            visit(operation.output(), seen);
            operation
                    .errors()
                    .forEach(error -> assertThat(service.model().error(error)).isNotNull());
        }
        assertThat(seen).hasSizeGreaterThan(service.operations().size());
    }

    private static void visit(@Nullable Shape shape, Set<Shape> seen) {
        if (shape == null || !seen.add(shape)) {
            return;
        }
        assertThat(shape.pattern() == null || shape.kind() == Shape.Kind.STRING).isTrue();
        switch (shape.kind()) {
            case STRUCTURE -> structure(shape, seen);
            case LIST -> visit(shape.element().target(), seen);
            case MAP -> {
                assertThat(shape.key().target().kind()).isEqualTo(Shape.Kind.STRING);
                visit(shape.value().target(), seen);
            }
            case STRING, INTEGER, LONG, FLOAT, DOUBLE, BOOLEAN, BLOB, TIMESTAMP -> {}
        }
    }

    private static void structure(Shape shape, Set<Shape> seen) {
        for (Member member : shape.members()) {
            visit(member.target(), seen);
        }
        if (!shape.exception()) {
            Struct empty = shape.newStruct();
            shape.members()
                    .forEach(member -> assertThat(empty.getAt(member.index())).isNull());
            assertThatThrownBy(() -> empty.getAt(shape.members().size())).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void indexesAreThoseOfTheAccessors() {
        Shape shape = Objects.requireNonNull(
                Services.SECRETSMANAGER.model().operation("GetSecretValue").output());
        GetSecretValueResponse response = new GetSecretValueResponse().name("n").secretString("s");
        assertThat(response.getAt(index(shape, "Name"))).isEqualTo("n");
        assertThat(response.getAt(index(shape, "SecretString"))).isEqualTo("s");
        response.setAt(index(shape, "ARN"), "a");
        assertThat(response.arn()).isEqualTo("a");
    }

    private static int index(Shape shape, String member) {
        return Objects.requireNonNull(shape.member(member)).index();
    }

    private static final class OneOperation implements SecretsManagerApi<String> {
        @Override
        public GetSecretValueResponse getSecretValue(GetSecretValueRequest in, String call) {
            return new GetSecretValueResponse().name(in.secretId() + " for " + call);
        }
    }

    @Test
    void valuesNeverShowInAStructuresText() {
        Object response = new GetSecretValueResponse().secretString("marker-7f3a");
        assertThat(String.valueOf(response)).doesNotContain("marker-7f3a");
    }

    @Test
    void bindingCallsTheImplementationByName() {
        ServiceBinding<String> binding = SecretsManagerApi.bind(new OneOperation());
        Struct out = binding.invoke("GetSecretValue", new GetSecretValueRequest().secretId("x"), "ann");
        assertThat(((GetSecretValueResponse) out).name()).isEqualTo("x for ann");
        assertThat(binding.implemented()).containsExactly("GetSecretValue");
        assertThat(binding.service()).isSameAs(Services.SECRETSMANAGER);
    }

    @Test
    void whatIsNotOverriddenSaysSo() {
        ServiceBinding<String> binding = SecretsManagerApi.bind(new OneOperation());
        assertThatThrownBy(() -> binding.invoke("ListSecrets", null, "ann"))
                .isInstanceOfSatisfying(ServiceException.class, e -> {
                    assertThat(e.code()).isEqualTo("NotImplemented");
                    assertThat(e.status()).isEqualTo(400);
                    assertThat(e).hasMessageContaining("ListSecrets").hasMessageContaining("secretsmanager");
                });
    }
}
