package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.testing.Torture;
import dev.skelly.testing.WholeNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A list that shows writes before the server has them: no row that the server accepts ever vanishes, whatever happens on the way. */
class ClientLiveIT {

    private static final int WRITES = 1_000; // Of one list: each change of it makes a row-by-row copy.
    private static final int ROUNDS = Torture.times(10, 1);
    private static final int PHASES = 4; // Each ends with a reload of the page.

    /*
     * Requests are slow, are not sent, lose their answers, or are answered with 503; the stream is cut now and then. The rows are DOM elements that are
     * made and removed as the list says; what is added and removed is kept over reloads.
     */
    private static final String PAGE = """
            window.seed = %d;
            window.random = () => (seed = (seed * 48271) %% 2147483647) / 2147483647;
            window.wait = most => new Promise(resolve => setTimeout(resolve, random() * most));
            window.calm = false;
            window.faulty = async (input, init) => {
              const stream = /stream/.test(input);
              const write = init.method === 'POST' && /events$/.test(input);
              const luck = calm ? 1 : random();
              if (write && !calm) {
                await wait(30);
              }
              if (write && luck < 0.05) {
                throw new TypeError('not sent');
              }
              if (write && luck < 0.1) {
                return new Response('{"status": 503, "code": "busy"}', {status: 503, headers: {'Content-Type': 'application/problem+json'}});
              }
              if (/stream$|stream[?]/.test(input)) {
                const cut = new AbortController();
                init.signal?.addEventListener('abort', () => cut.abort());
                window.cutStream = () => cut.abort();
                return fetch(input, {...init, signal: cut.signal});
              }
              const response = await fetch(input, init);
              if (write && luck < 0.15) {
                throw new TypeError('the answer was lost');
              }
              return response;
            };
            """;

    private static final String LIST = """
            document.body.innerHTML = '<ul></ul>';
            window.list = document.querySelector('ul');
            window.journal = JSON.parse(sessionStorage.journal ?? '[]');
            window.refused = new Set(JSON.parse(sessionStorage.refused ?? '[]'));
            new MutationObserver(records => records.forEach(({addedNodes, removedNodes}) => {
              addedNodes.forEach(row => journal.push('+' + row.id));
              removedNodes.forEach(row => journal.push('-' + row.id));
            })).observe(list, {childList: true});
            window.query = client.live({
              types: ['feedback.given'],
              channels: ['topic:feedback/%1$s'],
              initial: new Map(),
              timeout: 500,
              reduce: (rows, {id, data}) => rows.has(id) ? rows : new Map(rows).set(id, data.stars),
            });
            window.render = () => {
              const rows = query.get();
              [...list.children].forEach(row => rows.has(row.id) || row.remove());
              const shown = new Set([...list.children].map(row => row.id));
              rows.forEach((stars, id) => {
                if (!shown.has(id)) {
                  const row = document.createElement('li');
                  row.id = id;
                  list.append(row);
                }
              });
            };
            query.onChange(render);
            render();
            window.open = 0;
            window.write = () => {
              const id = crypto.randomUUID();
              const wrong = random() < 0.1;
              const data = {about: '%1$s', stars: wrong ? 9 : 1 + Math.floor(random() * 5)};
              if (wrong) {
                refused.add(id);
              }
              open++;
              let end;
              if (random() < 0.5) {
                end = query.emit('feedback.given', data, {id}).accepted;
              } else {
                end = query.optimistic(rows => rows.has(id) ? rows : new Map(rows).set(id, data.stars), async () => {
                  for (;;) {
                    try {
                      return await client.request('POST', '/api/events', {body: {id, type: 'feedback.given', data}});
                    } catch (failure) {
                      if (failure.status && failure.status !== 503) {
                        throw failure;
                      }
                      await wait(20);
                    }
                  }
                });
              }
              end.catch(() => {}).finally(() => open--);
              return id;
            };
            window.writes = async count => {
              for (let n = 0; n < count; n++) {
                write();
                if (random() < 0.3) {
                  await wait(20);
                }
                if (random() < 0.01) {
                  cutStream();
                }
              }
            };
            window.keep = () => {
              journal.push('reload');
              sessionStorage.journal = JSON.stringify(journal);
              sessionStorage.refused = JSON.stringify([...refused]);
            };
            """;

    @SuppressWarnings("NullAway.Init")
    private static WholeNode node;

    @BeforeAll
    static void startNode() {
        node = WholeNode.start(ClientBrowser.settings(Map.of()));
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @Test
    void noAcceptedRowVanishesAndTheListIsTheLog() {
        var seeds = new Random(Torture.seed("ClientLiveIT"));
        for (var round = 0; round < ROUNDS; round++) {
            writeToAList(seeds);
        }
    }

    private static void writeToAList(Random seeds) {
        try (var browser = new ClientBrowser(node)) {
            var topic = browser.topic("list");
            var tab = browser.page(node.url());
            begin(browser, tab, topic, seeds);
            for (var phase = 1; phase <= PHASES; phase++) {
                tab.act("await writes(%d)".formatted(WRITES / PHASES));
                if (phase < PHASES) {
                    tab.until("open < 20"); // Some are still on their way.
                    tab.act("keep()");
                    tab.reload();
                    begin(browser, tab, topic, seeds);
                }
            }
            tab.act("calm = true");
            tab.until("open === 0 && query.pending === 0 && query.ready");

            var rows = texts(tab.ask("[...list.children].map(row => row.id)"));
            assertThat(rows).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(browser.log(topic));
            assertThat(vanished(texts(tab.ask("journal")), new HashSet<>(texts(tab.ask("[...refused]")))))
                    .isEmpty();
        }
    }

    private static void begin(ClientBrowser browser, ClientTab tab, String topic, Random seeds) {
        tab.act(PAGE.formatted(1 + seeds.nextInt(1_000_000)));
        browser.start(tab, "", "{fetch: (input, init) => faulty(input, init), retry: {first: 20, last: 100}}");
        tab.act(LIST.formatted(topic));
        tab.until("query.ready");
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.textValue()));
        return texts;
    }

    /** Rows that were removed though they were not refused. */
    private static List<String> vanished(List<String> journal, Set<String> refused) {
        return journal.stream()
                .filter(entry -> entry.startsWith("-"))
                .map(entry -> entry.substring(1))
                .filter(id -> !refused.contains(id))
                .toList();
    }
}
