package com.example._package_;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skelly.testkit.FeatureFixture;
import dev.skelly.testkit.TestRequest;
import org.junit.jupiter.api.Test;

class _Name_FeatureTest {

    @Test
    void anEntryIsShown() {
        try (var skelly = FeatureFixture.of(new _Name_Feature())) {
            // Given
            var request = TestRequest.of("{\"text\":\"first\"}").byAccount();
            assertEquals(201, await(skelly.call("POST", "/api/_name_", request)).status());

            // When
            skelly.deliver();

            // Then
            assertEquals("_name_.added", skelly.log().get(0).type());
            var latest = await(skelly.call("GET", "/api/_name_", TestRequest.of("").byAccount()));
            assertEquals("{texts=[first]}", skelly.body(latest).toString());
        }
    }
}
