package dev.skelly.page;

import static dev.skelly.page.ReactExample.texts;
import static dev.skelly.page.ReactExample.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The page of orders of the React example. Each test has a customer and a product of its own, of which there are five. */
@EnabledIfSystemProperty(
        named = "skelly.torture",
        matches = "true") // scripts/torture examples: it installs and builds for a minute.
class OrderPageIT {

    private static final String ORDERS = "[...document.querySelectorAll('ul[aria-label=Orders] > li')]";
    private static final String STATUSES = ORDERS + ".map(row => row.querySelector('strong').textContent)";
    private static final String ALERT = "document.querySelector('[role=alert]').textContent";
    private static final String HISTORY = "[...document.querySelectorAll('details li')].map(line => line.textContent)";
    private static final String CANCEL = "ul[aria-label=Orders] button";
    private static final String DECLINED = "Cancelled: payment declined";
    private static final String REFUNDED = "Cancelled and refunded: by the customer";

    /* Each state that the page was in: the statuses of all orders, and what is left. */
    private static final String RECORD = """
            const seen = () => [%s.join(), document.querySelector('%s').textContent];
            window.recorded = [seen()];
            new MutationObserver(() => String(seen()) === String(recorded.at(-1)) || recorded.push(seen()))
              .observe(document.querySelector('main'), {subtree: true, childList: true, attributes: true, characterData: true})
            """;

    /* Requests for orders and products that the page has sent. */
    private static final String REQUESTS =
            "performance.getEntriesByType('resource').filter(({name}) => /api.(orders|products)/.test(name))";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static ReactExample example;

    private static String administrator = "";

    @SuppressWarnings("NullAway.Init")
    private Browser ada;

    private String sku = "";

    @BeforeAll
    static void start() {
        example = ReactExample.start(folder);
        administrator = example.node().login(ReactExample.ADMINISTRATOR);
    }

    @AfterAll
    static void stop() {
        example.close();
    }

    @BeforeEach
    void open() {
        ada = Browser.open();
        ada.go(example.page());
        sku = "lamp-" + UUID.randomUUID();
        ReactExample.signUp(ada, sku + "@example.org");
        ada.act("document.querySelector('a[href=\"#orders\"]').click()");
        until(ada, "document.querySelector('.order') && __skelly.subscriptions().every(one => one.live)");
        stock(500, 5);
        until(ada, left(5));
        ada.act(RECORD.formatted(STATUSES, "#left-" + sku));
    }

    @AfterEach
    void close() {
        ada.close();
    }

    private void stock(int priceCents, int pieces) {
        var product = "{\"name\":\"a lamp\",\"priceCents\":%d,\"stock\":%d}".formatted(priceCents, pieces);
        example.node().send("PUT", "/api/products/" + sku, administrator, product);
    }

    private String left(int pieces) {
        return "document.querySelector('#left-" + sku + "')?.textContent === '" + pieces + " left'";
    }

    private void order(int quantity, String token) {
        for (var field : List.of("sku='" + sku + "'", "quantity=" + quantity, "token='" + token + "'")) {
            var parts = field.split("=", 2);
            ada.act("document.querySelector('[name=" + parts[0] + "]').value = " + parts[1]);
        }
        ada.click(".order button");
    }

    private static void untilStatus(Browser browser, String... statuses) {
        until(browser, STATUSES + ".join() === '" + String.join(",", statuses) + "'");
    }

    private List<String> recorded(int column) {
        return texts(ada, "recorded.map(state => state[" + column + "]).filter((one, n, all) => one !== all[n - 1])");
    }

    private void shipTheOrder() {
        var orders = example.node().send("GET", "/api/orders?limit=1", administrator, "");
        var id = orders.at("/items/0/id").textValue();
        example.node().send("POST", "/api/orders/" + id + "/ship", administrator, "");
    }

    @Test
    void anOrderIsShownBeforeTheAnswerAndFollowsItsEvents() {
        var before = ada.ask(REQUESTS + ".length").intValue();
        ada.hold("*/api/orders", "Response");
        order(2, "ok");
        untilStatus(ada, "Confirmed"); // By events: the page still waits for the answer.
        assertThat(ada.is("document.querySelector('.order button').disabled")).isTrue();
        assertThat(recorded(0)).startsWith("", "Pending").endsWith("Confirmed");
        ada.release();
        until(ada, "!document.querySelector('.order button').disabled");

        assertThat(List.of("", "Pending", "Placed", "Waiting for the payment", "Paid", "Confirmed"))
                .containsSubsequence(recorded(0));
        assertThat(recorded(1)).containsExactly("5 left", "3 left");
        assertThat(texts(ada, ORDERS + ".map(row => row.textContent)").get(0))
                .startsWith("2 × a lamp, €10.00Confirmed");
        assertThat(ada.ask(REQUESTS + ".length").intValue()).isEqualTo(before + 1);
    }

    @Test
    void aDeclinedPaymentIsRolledBack() {
        order(2, "decline");
        untilStatus(ada, DECLINED);
        until(ada, left(5));

        assertThat(recorded(0)).startsWith("", "Pending").endsWith(DECLINED);
        assertThat(List.of("", "Pending", "Placed", "Waiting for the payment", DECLINED))
                .containsSubsequence(recorded(0));
        assertThat(recorded(1)).containsExactly("5 left", "3 left", "5 left");
        assertThat(ada.is("document.querySelector('" + CANCEL + "')")).isFalse();
        ada.click("summary");
        until(ada, HISTORY + ".some(line => line.endsWith('order.cancelled (payment-failed)'))");
        assertThat(texts(ada, HISTORY)).anyMatch(line -> line.endsWith("payment.failed (card-declined)"));
    }

    @Test
    void anOrderOfTooManyGoesWithTheServersReason() {
        order(9, "ok");
        until(ada, ALERT);
        untilStatus(ada);

        assertThat(ada.ask(ALERT).textValue()).isEqualTo("Refused: " + sku + ": 5 available (expected: 9)");
        assertThat(recorded(0)).containsExactly("", "Pending", "");
        assertThat(recorded(1)).containsExactly("5 left", "0 left", "5 left");
        assertThat(ada.ask("document.querySelector('[name=quantity]').value").textValue())
                .isEqualTo("9");
    }

    @Test
    void anOrderThatDidNotReachTheServerGoesWhenThePageKnows() {
        ada.offline(true);
        order(2, "ok");
        until(ada, ALERT + ".startsWith('No answer.')");
        untilStatus(ada, "Pending");
        until(ada, left(3));
        ada.offline(false);
        untilStatus(ada);
        until(ada, left(5));

        assertThat(recorded(0)).containsExactly("", "Pending", "");
        assertThat(recorded(1)).containsExactly("5 left", "3 left", "5 left");
    }

    @Test
    void allTabsShowTheSameUntilItIsShipped() {
        order(1, "ok");
        untilStatus(ada, "Confirmed");
        var first = ada.tab();
        var second = ada.newTab();
        ada.go(example.page() + "#orders");
        untilStatus(ada, "Confirmed");
        until(ada, left(4));
        order(1, "decline");
        untilStatus(ada, DECLINED, "Confirmed");
        ada.front(first);
        untilStatus(ada, DECLINED, "Confirmed");
        until(ada, left(4));
        order(2, "ok");
        untilStatus(ada, "Confirmed", DECLINED, "Confirmed");
        shipTheOrder();
        untilStatus(ada, "Shipped", DECLINED, "Confirmed");
        assertThat(ada.ask(ORDERS + "[0].querySelectorAll('button').length").intValue())
                .isZero();
        stock(700, 10);
        until(ada, left(10));
        ada.front(second);

        untilStatus(ada, "Shipped", DECLINED, "Confirmed");
        until(ada, left(10));
        until(ada, "document.querySelector('ul[aria-label=Products]').textContent.includes('a lamp, €7.00, 10 left')");
    }

    @Test
    void theCustomerCancelsAndGetsTheMoneyBack() {
        order(2, "slow");
        untilStatus(ada, "Waiting for the payment");
        ada.click("summary");
        untilStatus(ada, "Confirmed");
        ada.click(CANCEL);
        untilStatus(ada, REFUNDED);
        until(ada, HISTORY + ".some(line => line.endsWith('order.refunded '))");

        assertThat(recorded(0)).containsSubsequence("Waiting for the payment", "Confirmed", "Pending", REFUNDED);
        assertThat(recorded(1)).containsExactly("5 left", "3 left", "5 left");
        assertThat(texts(ada, HISTORY)).anyMatch(line -> line.endsWith("order.cancelled (customer)"));
    }

    @Test
    void aCancellationThatComesTooLateIsTakenBack() {
        order(2, "ok");
        untilStatus(ada, "Confirmed");
        ada.hold("*/cancel", "Request");
        ada.click(CANCEL);
        untilStatus(ada, "Pending");
        until(ada, left(5));
        shipTheOrder();
        ada.release();
        untilStatus(ada, "Shipped");
        until(ada, left(3));

        assertThat(ada.ask(ALERT).textValue())
                .isEqualTo("Refused: the order is shipped (expected: placed, paid or confirmed)");
    }
}
