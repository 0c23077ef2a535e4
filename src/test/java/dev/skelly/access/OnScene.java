package dev.skelly.access;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What the tests that need nothing special of a scene begin and end with: one for all tests of a class. */
abstract class OnScene {

    @SuppressWarnings("NullAway.Init") // set up before all tests
    static Scene scene;

    @BeforeAll
    static void setUp() {
        scene = new Scene();
    }

    @AfterAll
    static void strike() {
        scene.close();
    }
}
