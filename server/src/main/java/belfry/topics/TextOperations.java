package belfry.topics;

import belfry.api.sns.CheckIfPhoneNumberIsOptedOutInput;
import belfry.api.sns.CheckIfPhoneNumberIsOptedOutResponse;
import belfry.api.sns.GetSMSAttributesInput;
import belfry.api.sns.GetSMSAttributesResponse;
import belfry.api.sns.ListPhoneNumbersOptedOutInput;
import belfry.api.sns.ListPhoneNumbersOptedOutResponse;
import belfry.api.sns.OptInPhoneNumberInput;
import belfry.api.sns.OptInPhoneNumberResponse;
import belfry.api.sns.SetSMSAttributesInput;
import belfry.api.sns.SetSMSAttributesResponse;
import belfry.gateway.Call;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;

/** SMS attributes, and numbers that have opted out (docs/decisions/0820). */
final class TextOperations {
    private final TextMessages texts;

    TextOperations(TextMessages texts) {
        this.texts = texts;
    }

    SetSMSAttributesResponse set(SetSMSAttributesInput in, Call call) {
        Map<String, String> given = in.attributes();
        texts.checkSettings(given);
        return call.write(tx -> {
            TextSettings.set(tx, TextScope.of(call), given);
            return new SetSMSAttributesResponse();
        });
    }

    GetSMSAttributesResponse get(GetSMSAttributesInput in, Call call) {
        SortedMap<String, String> attributes = call.read(tx -> TextSettings.of(tx, TextScope.of(call)));
        if (in.attributes() != null && !in.attributes().isEmpty()) {
            attributes.keySet().retainAll(in.attributes());
        }
        return new GetSMSAttributesResponse().attributes(attributes);
    }

    CheckIfPhoneNumberIsOptedOutResponse check(CheckIfPhoneNumberIsOptedOutInput in, Call call) {
        String number = TextMessages.plain(in.phoneNumber(), "phoneNumber Reason: ");
        return new CheckIfPhoneNumberIsOptedOutResponse()
                .isOptedOut(call.read(tx -> OptOuts.contains(tx, TextScope.of(call), number)));
    }

    ListPhoneNumbersOptedOutResponse list(ListPhoneNumbersOptedOutInput in, Call call) {
        String after = Page.after(in.nextToken());
        Page<String> page = Page.of(call.read(tx -> OptOuts.list(tx, TextScope.of(call), after)), Function.identity());
        return new ListPhoneNumbersOptedOutResponse().phoneNumbers(page.items()).nextToken(page.next());
    }

    OptInPhoneNumberResponse optIn(OptInPhoneNumberInput in, Call call) {
        String number = TextMessages.plain(in.phoneNumber(), "phoneNumber Reason: ");
        return call.write(tx -> {
            OptOuts.remove(tx, TextScope.of(call), number);
            return new OptInPhoneNumberResponse();
        });
    }
}
