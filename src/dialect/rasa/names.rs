//! What names and answers of an assistant are about. Rasa lets everybody choose names; these words, in the
//! languages that projects use most, tell the few kinds that matter here. Whoever is unsure stays quiet.

/// Words in names of intents, answers, actions and forms that lead to a person.
const PERSON: &[&str] = &[
    "human",
    "handoff",
    "handover",
    "agent",
    "agents",
    "operator",
    "representative",
    "advisor",
    "adviser",
    "counsellor",
    "counselor",
    "person",
    "staff",
    "live",
    "livechat",
    "callcenter",
    "helpdesk",
    "hotline",
    "helpline",
    "contact",
    "contacts",
    "contactus",
    "phone",
    "telephone",
    "call",
    "callback",
    "escalate",
    "escalation",
    "ticket",
    "humano",
    "humana",
    "agente",
    "asesor",
    "operador",
    "atendente",
    "contacto",
    "contato",
    "telefono",
    "telefone",
    "mensch",
    "mitarbeiter",
    "kontakt",
    "telefon",
    "conseiller",
    "humain",
    "umano",
    "operatore",
];

/// Words in names of custom actions that pass something on to people.
const PASSES_ON: &[&str] = &[
    "complain",
    "complaint",
    "email",
    "mail",
    "notify",
    "alert",
    "slack",
    "zendesk",
    "crm",
    "report",
    "feedback",
];

/// Words in names that tell of people's affairs: money, orders, contracts, health, complaints.
const AFFAIRS: &[&str] = &[
    "order",
    "orders",
    "return",
    "returns",
    "refund",
    "refunds",
    "cancel",
    "cancellation",
    "payment",
    "payments",
    "pay",
    "bill",
    "billing",
    "invoice",
    "account",
    "delivery",
    "shipping",
    "shipment",
    "complaint",
    "complain",
    "support",
    "booking",
    "appointment",
    "appointments",
    "reservation",
    "claim",
    "claims",
    "insurance",
    "bank",
    "banking",
    "balance",
    "loan",
    "credit",
    "card",
    "transfer",
    "transaction",
    "transactions",
    "subscription",
    "symptom",
    "symptoms",
    "doctor",
    "medicine",
    "patient",
    "clinic",
    "hospital",
    "emergency",
    "depression",
    "suicide",
    "pedido",
    "pedidos",
    "devolucion",
    "reembolso",
    "pago",
    "pagamento",
    "factura",
    "fatura",
    "cita",
    "reserva",
    "cuenta",
    "conta",
    "queja",
    "reclamo",
    "saldo",
    "commande",
    "remboursement",
    "facture",
    "bestellung",
    "rechnung",
    "termin",
    "konto",
    "ordine",
    "rimborso",
];

/// Words in names that stand for "are you a bot?" and "who are you?".
const CHALLENGE: &[&str] = &[
    "botchallenge",
    "challenge",
    "iamabot",
    "isbot",
    "areyouabot",
    "areyoubot",
    "whoareyou",
    "whatareyou",
    "whoami",
    "identity",
    "introduce",
    "yourname",
    "quieneres",
    "quemevoce",
];

/// Intents, answers and actions of a message that was not understood.
const FALLBACK: &[&str] =
    &["fallback", "outofscope", "default", "rephrase", "notunderstood", "dontunderstand", "unknown"];

/// Words in names of a first answer.
const GREETING: &[&str] = &[
    "greet",
    "greeting",
    "greetings",
    "hello",
    "hi",
    "welcome",
    "start",
    "intro",
    "saludo",
    "saludar",
    "saludos",
    "bienvenida",
    "ola",
    "saudacao",
    "salut",
    "bonjour",
    "accueil",
    "hallo",
    "begruessung",
    "ciao",
    "saluto",
];

/// Words by which an assistant says that it is a machine.
const MACHINE: &[&str] = &[
    "assistant",
    "assistants",
    "assistente",
    "asistente",
    "asistenta",
    "assistent",
    "assistentin",
    "assistente",
    "virtual",
    "virtuel",
    "virtuelle",
    "virtuale",
    "virtueller",
    "ai",
    "ia",
    "automated",
    "machine",
    "computer",
    "robô",
    "бот",
    "робот",
    "ассистент",
    "機器人",
    "机器人",
    "ボット",
    "챗봇",
];

/// The words of a name, in lower case: `utter_chitchat/bot_challenge` has four.
fn words(name: &str) -> impl Iterator<Item = String> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// A name without separators, in lower case.
fn joined(name: &str) -> String {
    words(name).collect()
}

/// Whether a name leads to a person.
pub(super) fn leads_to_person(name: &str) -> bool {
    words(name).any(|word| PERSON.contains(&word.as_str()))
        || ["handoff", "handover", "contactus", "livechat", "customercare", "customerservice"]
            .iter()
            .any(|both| joined(name).contains(both))
}

/// Whether a custom action passes something on to people.
pub(super) fn passes_on(action: &str) -> bool {
    leads_to_person(action) || words(action).any(|word| PASSES_ON.contains(&word.as_str()))
}

/// The word of people's affairs that a name holds.
pub(super) fn affair(name: &str) -> Option<&'static str> {
    words(name).find_map(|word| AFFAIRS.iter().find(|affair| **affair == word).copied())
}

/// Whether a name stands for the question who is speaking.
pub(super) fn asks_who_speaks(name: &str) -> bool {
    let joined = joined(name);
    CHALLENGE.iter().any(|word| joined.contains(word))
}

/// Whether a name is that of a first answer.
pub(super) fn greets(name: &str) -> bool {
    words(name).any(|word| GREETING.contains(&word.as_str()))
}

/// Whether an intent stands for many questions, each with an answer of its own.
pub(super) fn has_many_answers(intent: &str) -> bool {
    ["faq", "chitchat", "smalltalk"].contains(&joined(intent).as_str())
}

/// Whether a name is about a message that was not understood.
pub(super) fn is_fallback(name: &str) -> bool {
    let joined = joined(name);
    FALLBACK.iter().any(|word| joined.contains(word))
}

/// Whether an answer says that a machine speaks.
pub(super) fn says_machine(text: &str) -> bool {
    const DENIALS: &[&str] = &["not a bot", "no bot", "not a robot", "not a machine"];
    let lower = text.to_lowercase();
    if DENIALS.iter().any(|denial| lower.contains(denial)) {
        return false;
    }
    // Names such as "OrderBot" say it as well.
    words(text)
        .any(|word| word.ends_with("bot") || word.ends_with("bots") || MACHINE.contains(&word.as_str()))
        || ["機器人", "机器人", "ボット", "챗봇"].iter().any(|word| text.contains(word))
}

/// Whether an answer tells where people are: an address, a number, or an invitation to use one.
pub(super) fn tells_where_people_are(text: &str) -> bool {
    const INVITES: &[&str] = &[
        "contact",
        "call us",
        "call at",
        "call our",
        "email us",
        "mail us",
        "reach us",
        "reach out to",
        "write to us",
        "helpline",
        "hotline",
        "customer care",
        "customer service",
        "support team",
        "help desk",
        "helpdesk",
        "whatsapp",
        "contáct",
        "llám",
        "llame",
        "escríb",
        "contat",
        "ligue",
        "kontakt",
        "ruf uns",
        "rufen sie",
        "schreib uns",
        "appelez",
        "contatt",
        "chiam",
        "hubungi",
        "звон",
        "联系",
        "联络",
        "電話",
        "电话",
    ];
    let lower = text.to_lowercase();
    INVITES.iter().any(|words| lower.contains(words)) || has_address(text) || has_number(text)
}

/// Whether a mail address stands in a text.
fn has_address(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        word.split_once('@').is_some_and(|(name, host)| {
            name.ends_with(char::is_alphanumeric)
                && host.split_once('.').is_some_and(|(first, rest)| !first.is_empty() && !rest.is_empty())
        })
    })
}

/// Whether a telephone number stands in a text: seven digits and more, signs between them aside.
fn has_number(text: &str) -> bool {
    let mut digits = 0;
    for c in text.chars() {
        match c {
            '0'..='9' => digits += 1,
            '-' | ' ' | '(' | ')' | '+' | '/' | '.' => {}
            _ => digits = 0,
        }
        if digits >= 7 {
            return true;
        }
    }
    false
}

/// Whether an answer promises that somebody will come back or take over.
pub(super) fn promises_person(text: &str) -> bool {
    const WHO: &[&str] = &[
        "agent",
        "human",
        "colleague",
        "representative",
        "advisor",
        "someone",
        "somebody",
        "person",
        "team",
        "staff",
        "operator",
    ];
    const WHAT: &[&str] = &[
        "will contact",
        "will call",
        "will be in touch",
        "will get in touch",
        "will get back",
        "will reach",
        "will be with you",
        "will join",
        "will assist",
        "will help",
        "will reply",
        "will answer",
        "transferring you",
        "connecting you",
        "connect you",
        "transfer you",
        "hand you over",
    ];
    let lower = text.to_lowercase();
    words(text).any(|word| WHO.contains(&word.as_str())) && WHAT.iter().any(|what| lower.contains(what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_by_their_words() {
        for name in
            ["talk_to_person", "action_human_handoff", "handOff", "utter_contact_us", "speak-to-agent"]
        {
            assert!(leads_to_person(name), "{name}");
        }
        for name in ["utter_personality", "ask_recall", "deliver", "reagent"] {
            assert!(!leads_to_person(name), "{name}");
        }
        assert_eq!(affair("utter_order_status"), Some("order"));
        assert_eq!(affair("border_crossing"), None);
        for name in ["bot_challenge", "chitchat/bot_challenge", "are_you_a_bot", "faq/who-are-you"] {
            assert!(asks_who_speaks(name), "{name}");
        }
        assert!(greets("utter_say_hello") && !greets("utter_history"));
        assert!(has_many_answers("small_talk") && !has_many_answers("chitchat/weather"));
        assert!(is_fallback("nlu_fallback") && is_fallback("out_of_scope") && !is_fallback("greet"));
    }

    #[test]
    fn answers_are_read_by_their_words() {
        for text in ["I am a bot.", "Hi, I'm OrderBot!", "soy tu asistente virtual", "我是机器人"] {
            assert!(says_machine(text), "{text}");
        }
        for text in ["I am Anna.", "I am not a bot!", "Which bottle?", "both"] {
            assert!(!says_machine(text), "{text}");
        }
        for text in ["Write to desk@example.org", "Call us", "020 7946 0000", "+49 (30) 123-4567"] {
            assert!(tells_where_people_are(text), "{text}");
        }
        for text in
            ["That is 20 euros for 3 pairs.", "Your order {number} is on its way", "What is your email?"]
        {
            assert!(!tells_where_people_are(text), "{text}");
        }
        assert!(promises_person("Okay, someone will contact you shortly."));
        assert!(!promises_person("Okay, your order will arrive shortly."));
    }
}
