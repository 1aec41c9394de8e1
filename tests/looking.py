"""What is asked of a page in a browser beyond what axe asks: its structure, its keyboard and its print."""

from playwright.sync_api import Page

STOPS = """[...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter(each => each.type !== "hidden" && each.tabIndex >= 0 && !each.disabled && each.checkVisibility())
    .filter(each => each.type !== "radio" || each.checked ||
        (!document.querySelector(`input[name="${CSS.escape(each.name)}"]:checked`) &&
         each === each.ownerDocument.querySelector(`input[type=radio][name="${CSS.escape(each.name)}"]`)))"""

STRUCTURE = """() => {
    const faults = [], all = words => [...document.querySelectorAll(words)].filter(each => each.checkVisibility());
    const levels = all("h1, h2, h3, h4, h5, h6").map(each => Number(each.tagName[1]));
    if (levels.filter(level => level === 1).length !== 1) faults.push("has not one h1");
    levels.forEach((level, place) => { if (place && level > levels[place - 1] + 1)
        faults.push(`h${level} comes after h${levels[place - 1]}`); });
    if (all("main").length !== 1) faults.push("has not one main part");
    if (all("body > header").length !== 1) faults.push("has not one header");
    if (all("body > footer").length !== 1) faults.push("has not one footer");
    const names = all("nav").map(each => each.getAttribute("aria-label") || each.getAttribute("aria-labelledby"));
    if (names.some(name => !name) || new Set(names).size !== names.length) faults.push(`navigation is called ${names}`);
    const skip = document.querySelector("a[href], button, input:not([type=hidden])");
    if (!skip || skip.getAttribute("href") !== "#main" || !document.getElementById("main"))
        faults.push("does not begin with a link to its words");
    if (!document.documentElement.lang) faults.push("does not say its language");
    const ids = [...document.querySelectorAll("[id]")].map(each => each.id);
    const twice = ids.filter((id, place) => ids.indexOf(id) !== place);
    if (twice.length) faults.push(`ids stand twice: ${twice}`);
    return faults;
}"""

LISTEN = f"""() => {{
    const stops = {STOPS};
    window.met = [];
    document.addEventListener("focusin", event => {{
        const at = event.target, style = getComputedStyle(at), box = at.getBoundingClientRect();
        const [x, y] = [box.left + Math.min(box.width / 2, 20), box.top + Math.min(box.height / 2, 10)];
        const over = document.elementFromPoint(x, y);
        window.met.push({{
            place: stops.indexOf(at),
            seen: style.outlineStyle !== "none" || style.boxShadow !== "none" || at.matches("[type=file]"),
            free: !over || at.contains(over) || over.contains(at) || over.tagName === "LABEL",
            words: at.outerHTML.slice(0, 90),
        }});
    }});
    document.activeElement.blur();
    return stops.map(each => each.outerHTML.slice(0, 90));
}}"""

PRINTED = """() => {
    const seen = [...document.querySelectorAll("nav, .site-header, .site-footer, .buttons")]
        .filter(each => each.checkVisibility() && each.getBoundingClientRect().height);
    const style = getComputedStyle(document.body);
    const dark = [...document.querySelectorAll("main, main *")].filter(each => each.checkVisibility())
        .map(each => [each, getComputedStyle(each).backgroundColor.match(/[\\d.]+/g).map(Number)])
        .filter(([each, [r, g, b, a = 1]]) => a > 0.5 && (r + g + b) / 3 < 90)
        .filter(([each]) => each.offsetWidth * each.offsetHeight > 20_000);
    return [
        ...seen.map(each => `prints ${each.outerHTML.slice(0, 60)}`),
        ...(style.backgroundColor === "rgb(255, 255, 255)" && style.color === "rgb(0, 0, 0)"
            ? [] : ["is not black on white"]),
        ...dark.slice(0, 3).map(([each]) => `prints dark: ${each.outerHTML.slice(0, 60)}`),
    ];
}"""


def faults_of_structure(page: Page) -> list[str]:
    """What is wrong with its headings, its parts, and what it is called."""
    return page.evaluate(STRUCTURE)


def faults_of_keyboard(page: Page) -> list[str]:
    """What a person with a keyboard cannot reach, meets out of turn, or cannot see that they are on."""
    stops = page.evaluate(LISTEN)
    for _ in stops:
        page.keyboard.press("Tab")
    met = page.evaluate("window.met")
    places = [each["place"] for each in met if each["place"] >= 0]
    return [
        *(f"is not reached: {words}" for place, words in enumerate(stops) if place not in places),
        *(["is reached out of turn"] if places != sorted(places) else []),
        *(f"cannot be seen to have the focus: {each['words']}" for each in met if not each["seen"]),
        *(f"lies under something: {each['words']}" for each in met if not each["free"]),
    ]


def faults_of_print(page: Page) -> list[str]:
    """What of the site's furniture is printed, and whether it is black on white."""
    return page.evaluate(PRINTED)
