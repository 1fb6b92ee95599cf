use crate::analysis::ChunkKind;
use crate::analysis::tests::document;
use crate::language::Languages;

/// Each verb with what is said of it: "said < Kelton", "made > cars".
fn show(lang: &str, text: &str) -> String {
    let doc = document(lang, text);
    let mut a = crate::text::cut(&doc, Languages::shipped());
    crate::syntax::parse(&mut a);
    let word = |i: u32| a.text(i as usize);
    let mut out = Vec::new();
    for (chunk, roles) in a.chunks.iter().zip(&a.roles) {
        if let ChunkKind::Verb(_) = chunk.kind {
            let mut told = word(chunk.head).to_owned();
            for (role, sign) in [(roles.subject, '<'), (roles.object, '>'), (roles.predicate, '='), (roles.agent, '@')] {
                if let Some(i) = role {
                    told.push_str(&format!(" {sign} {}", word(i)));
                }
            }
            out.push(told);
        }
    }
    out.join("; ")
}

#[test]
fn french() {
    for (text, expected) in [
        ("Le feu a tué douze personnes.", "tué < feu > personnes"),
        ("La voiture a été vue par le maire.", "vue < voiture @ maire"),
        ("« Rien ne presse », affirme le maire.", "presse; affirme < maire"),
        ("Le maire les a vus.", "vus < maire > les"),
        ("Le voisin est devenu maire.", "devenu < voisin = maire"),
        ("Le pilote qui conduisait la voiture est mort.", "conduisait < pilote > voiture; mort < pilote"),
        ("Le rapport met en cause la Chine.", "met < rapport > Chine"),
        ("Les parents n'ont pas de preuve.", "ont < parents > preuve"),
        ("Le maire est allé à Dijon", "allé < maire"),
        ("Les parents n'ont pas de", "ont < parents"),
        ("La rivière est très profonde.", "est < rivière = profonde"),
        ("Le tireur a causé des dégâts.", "causé < tireur > dégâts"),
        ("La maison où vivent 300 personnes a brûlé.", "vivent < personnes; brûlé < maison"),
        ("L'homme qu'il a vu est mort.", "vu < il > homme; mort < homme"),
        ("Les salaires augmenteront-ils ?", "augmenteront < salaires"),
        ("Le maire nous a prévenus.", "prévenus < maire > nous"),
        ("La saison 2011 se trouve au musée.", "trouve < saison > se"),
        ("La police a interpellé, mardi à Lyon, trois hommes.", "interpellé < police > hommes"),
    ] {
        assert_eq!(show("fr", text), expected, "{text}");
    }
}

/// Each verb group without a finite verb, with who is understood to do what it says.
fn understood(lang: &str, text: &str) -> String {
    let doc = document(lang, text);
    let mut a = crate::text::cut(&doc, Languages::shipped());
    crate::syntax::parse(&mut a);
    let told = a.chunks.iter().zip(&a.roles).filter(|(c, _)| matches!(c.kind, ChunkKind::Verb(v) if !v.finite));
    told.map(|(c, r)| format!("{} < {}", a.text(c.head as usize), r.understood.map_or("?", |i| a.text(i as usize))))
        .collect::<Vec<_>>()
        .join("; ")
}

#[test]
fn of_infinitives_and_participles() {
    for (lang, text, expected) in [
        ("en", "The mayor promised to resign.", "resign < mayor"),
        ("en", "The party asked the mayor to resign.", "resign < mayor"),
        ("en", "It is time for the mayor to resign.", "resign < mayor"),
        ("en", "The decision to resign came late.", "resign < ?"),
        ("en", "Speaking in Leeds, the mayor resigned.", "Speaking < mayor"),
        ("en", "The man driving the car died, leaving a widow.", "driving < man; leaving < man"),
        ("en", "Letters submitted to the office were lost.", "submitted < Letters"),
        ("fr", "Le maire a promis de démissionner.", "démissionner < maire"),
        ("fr", "Le parti a obligé le maire à démissionner.", "démissionner < maire"),
        ("fr", "La route reliant Dijon à Dole est fermée.", "reliant < route"),
    ] {
        assert_eq!(understood(lang, text), expected, "{text}");
    }
}

#[test]
fn english() {
    for (text, expected) in [
        ("The fire killed twelve people.", "killed < fire > people"),
        ("Twelve people were killed by the fire.", "killed < people @ fire"),
        ("The mayor said the fire had destroyed the house.", "said < mayor; destroyed < fire > house"),
        ("\"Nothing is lost,\" said Kelton.", "lost < Nothing; said < Kelton"),
        ("The man who drove the car died.", "drove < man > car; died < man"),
        ("There are three towns.", "are < towns"),
        ("The team carried out the work.", "carried < team > work"),
        ("The owners share and divide the profit.", "share < owners > profit; divide < owners > profit"),
        ("The river is very deep.", "is < river = deep"),
        ("They built the largest and wealthiest town.", "built < They > town"),
        ("The city lost its port and regained it.", "lost < city > port; regained < city > it"),
        (
            "The firm, which makes cars, cut prices, closed its plants.",
            "makes < firm > cars; cut < firm > prices; closed < firm > plants",
        ),
        ("She met the people who left.", "met < She > people; left < people"),
        ("They praised the court's decision.", "praised < They > decision"),
        ("He gave the mayor a book.", "gave < He > book"),
        ("What did the mayor say?", "did < mayor; say > What"),
        ("The mayor took off his coat.", "took < mayor > coat"),
        ("My father and I left.", "left < father"),
        ("The mayor himself resigned.", "resigned < mayor"),
    ] {
        assert_eq!(show("en", text), expected, "{text}");
    }
}
