//! What a story counts again it counts the same.

mod known;
mod sets;
mod units;
mod words;

use schemars::JsonSchema;
use serde::Deserialize;

use self::sets::{DEAD, Place, Set, sets};
use self::units::{FIRST, meets};
use self::words::{keys, tells};
use super::figure::{cue_in, same_word, years};
use super::{Conflict, Relation, agree};
use crate::amount::{Amount, Ratio};
use crate::analysis::{Analysis, EntityKind, PlaceRole, Value};
use crate::facet::{Facet, Facets};
use crate::finding::{Bindings, Bound};
use crate::language::TokenKind;
use crate::language::grammar::Class;
use crate::language::members::Told;

/// `one-count`: a set that a definite group, a headline or a caption takes up has as many members as where the story introduced it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OneCount {
    /// Where the set is taken up.
    pub taken_up: TakenUp,
}

/// Where a set is taken up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TakenUp {
    /// By a definite group of the story or of a caption: « les treize dépouilles ».
    Again,
    /// In the headline or the standfirst.
    Above,
}

impl Relation for OneCount {
    fn roles(&self) -> &'static [&'static str] {
        &["first", "other"]
    }

    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    fn facets(&self) -> &'static [Facet] {
        &[
            Facet::Revised,
            Facet::AttributedDifferently,
            Facet::PartOf,
            Facet::OtherPlace,
            Facet::OtherTime,
            Facet::Hypothetical,
            Facet::Quoted,
            Facet::SumOfParts,
        ]
    }

    fn conflicts(&self, a: &Analysis) -> Vec<Conflict> {
        let all = sets(a);
        let story = Story { a, sets: &all };
        let wanted = |s: &&Set| match self.taken_up {
            TakenUp::Above => s.place == Place::Above,
            TakenUp::Again => s.place != Place::Above,
        };
        let mut found: Vec<Conflict> = if self.taken_up == TakenUp::Above { units::conflicts(a) } else { Vec::new() };
        for s in all.iter().filter(wanted).filter(|s| s.amount.written >= Ratio::whole(2)) {
            let other = match self.taken_up {
                TakenUp::Above => story.below(s),
                TakenUp::Again => story.introduced(s),
            };
            if let Some(other) = other {
                let conflict = story.conflict(other, s);
                if found.iter().all(|c| c.roles[1].1 != conflict.roles[1].1) {
                    found.push(conflict);
                }
            }
        }
        found
    }
}

struct Story<'s, 'a> {
    a: &'s Analysis<'s>,
    sets: &'s [Set<'a>],
}

impl<'s> Story<'s, '_> {
    /// Whether two sets may be of the same members.
    fn akin(&self, one: &Set, other: &Set) -> bool {
        self.one_noun(one, other) || self.one_class(one, other)
    }

    fn one_noun(&self, one: &Set, other: &Set) -> bool {
        one.head.zip(other.head).is_some_and(|(x, y)| same_word(self.a, x, y))
    }

    /// Whether the noun of one set tells a class of which the other is told, by its noun or by a verb.
    fn one_class(&self, one: &Set, other: &Set) -> bool {
        let Some(language) = self.a.language(one.tokens.start) else { return false };
        let words = |s: &Set| s.head.map(|h| keys(self.a, language, h)).unwrap_or_default();
        let (ours, theirs) = (words(one), words(other));
        // « 340 animaux … les 85 moutons » are some of them; « 340 moutons … les 85 bêtes » are the same.
        let broad =
            |c: u16| language.members.is_broad(c, &ours) && (one.place != Place::Above || language.members.is_broad(c, &theirs));
        let by_noun = |c: &u16| other.own.contains(c) && (broad(*c) || one.head.is_none());
        let tells = |c: &u16| by_noun(c) || other.told.contains(c);
        // « les corps des quatre skieurs »: of three dead there are no four.
        let dead = |c: &u16| language.members.class(DEAD) == Some(*c) && one.amount.written > other.amount.written;
        one.own.iter().any(tells) || one.told.iter().any(|c| (one.place == Place::Above || dead(c)) && tells(c))
    }

    /// The one number that the story gives otherwise for the members of a set; `None` where it gives several, or that of the set itself.
    fn only_rival(&self, s: &Set, family: &[&'s Set<'_>]) -> Option<Amount> {
        let mut rivals = family.iter().filter(|o| !o.part && !agrees(s, &o.amount)).map(|o| o.amount);
        let first = rivals.next()?;
        rivals.all(|o| meets(&o, &first)).then_some(first)
    }

    /// Where the story introduces what a definite group takes up with another number.
    fn introduced(&self, s: &Set) -> Option<&'s Set<'s>> {
        let a = self.a;
        let toll = self.is_toll(s);
        // A picture may show a part; it does not show more than there are.
        let shown = s.place == Place::Caption && !s.definite;
        // "the bereaved families of *the five*": whoever was counted last.
        let bare = s.definite && s.head.is_none() && self.alone(s);
        if !(s.definite && s.head.is_some() || bare || toll || shown) || s.part || s.narrowed {
            return None;
        }
        let anyone = s.anyone && s.definite || bare;
        let family: Vec<&Set> = self
            .sets
            .iter()
            .filter(|o| {
                o.tokens.start != s.tokens.start
                    && (if bare {
                        o.tokens.start < s.tokens.start
                    } else if anyone {
                        o.person && o.head.is_some()
                    } else {
                        self.akin(s, o)
                    })
            })
            .collect();
        let family = of_now(s, family);
        let rival = self.only_rival(s, &family)?;
        // The number may be introduced elsewhere, for a part or for others.
        let before = |o: &&Set| o.tokens.start < s.tokens.start && o.place != Place::Above;
        let borne = |o: &&Set| o.amount.written == s.amount.written && (o.person == s.person || self.akin(s, o));
        if self.sets.iter().filter(before).any(|o| borne(&o)) || self.named(s) {
            return None;
        }
        // A caption may stand ahead of the story.
        let place = |o: &&&Set| o.place == Place::Story && (before(o) || s.place == Place::Caption);
        let kind = |o: &&&Set| s.definite || self.is_toll(o) || shown && self.one_noun(s, o) && s.amount.written > o.amount.written;
        let first = family.iter().filter(|o| !o.part && meets(&o.amount, &rival)).filter(kind).find(place).copied()?;
        let sentence = |s: &Set| a.tokens[s.tokens.start].sentence;
        // "Three traders *and a night watchman* … the four"
        if self.one_more(first) && Ratio::ONE.add(first.amount.written) == Some(s.amount.written) {
            return None;
        }
        if sentence(first) == sentence(s) || !self.fits(s, first) || rival.written < Ratio::whole(2) || far(s, first) {
            return None;
        }
        Some(first)
    }

    /// Whether one more is joined to a set by an article: « deux candidats *et une candidate* ».
    fn one_more(&self, first: &Set) -> bool {
        let a = self.a;
        let end = a.sentence(first.tokens.start).end;
        let article = |i: usize| a.language(i).is_some_and(|l| l.numbers.articles.iter().any(|w| w == a.lower(i)));
        (first.tokens.end..end.min(first.tokens.end + 8))
            .any(|i| a.classes[i].has(Class::Coordinator) && i + 1 < end && article(i + 1))
    }

    /// Whether nothing that could be counted stands behind a number of three or more.
    fn alone(&self, s: &Set) -> bool {
        let (a, next) = (self.a, s.tokens.end);
        let ends = next >= a.sentence(s.tokens.start).end
            || crate::analysis::mark(a, next).is_some_and(|c| matches!(c, ',' | '.' | ';' | ':' | '!' | '?'));
        let verb = || a.classes[next].has(Class::Verb) && !a.classes[next].has(Class::Noun);
        s.amount.written >= Ratio::whole(3) && s.amount.written <= Ratio::whole(100) && (ends || verb())
    }

    /// Whether a set is of all the dead, whoever they were: those who died are counted once, by whatever noun.
    fn is_toll(&self, s: &Set) -> bool {
        let dead = self.a.language(s.tokens.start).and_then(|l| l.members.class(DEAD));
        let by_noun = dead.is_some_and(|c| s.own.contains(&c));
        let by_verb = dead.is_some_and(|c| s.told.contains(&c)) && (s.anyone || s.head.is_none());
        (by_noun || by_verb)
            && s.marks.iter().all(|&m| m >= s.tokens.end)
            && s.place == Place::Story
            && s.amount.written >= Ratio::whole(3)
    }

    /// Whether as many people are named one after another as a set has members.
    fn named(&self, s: &Set) -> bool {
        let people = self.a.entities.iter().filter(|e| e.kind == EntityKind::Person).count();
        s.person && s.amount.written.as_whole() == Some(people as i128)
    }

    /// Whether what tells a definite group from others of its noun is told of the group that it may take up.
    fn fits(&self, s: &Set, first: &Set) -> bool {
        let a = self.a;
        let there = a.sentence(first.tokens.start);
        let own = |i: usize| {
            a.language(i).is_some_and(|l| {
                a.readings(i).iter().any(|r| {
                    s.own.iter().any(|c| {
                        let told = [Told::Noun, Told::Done, Told::Does];
                        told.iter().any(|t| {
                            l.members.entries(*t, crate::language::members::Key::Lemma(r.lemma)).iter().any(|(_, class)| class == c)
                        })
                    })
                })
            })
        };
        s.marks.iter().all(|&m| {
            let complement = m >= s.tokens.end;
            let (from, to) = if !complement {
                (there.start, there.end)
            } else {
                (0, if s.place == Place::Caption { a.tokens.len() } else { s.tokens.start })
            };
            let caption = a.sentence(s.tokens.start);
            own(m)
                || (from..to)
                    .any(|i| a.tokens[i].kind == TokenKind::Word && (from > 0 || !caption.contains(&i)) && same_word(a, m, i))
        })
    }

    /// What the story counts where a headline counts otherwise.
    fn below(&self, s: &Set) -> Option<&'s Set<'s>> {
        let a = self.a;
        if s.part || s.own.is_empty() && s.told.is_empty() && s.head.is_none() {
            return None;
        }
        let family: Vec<&Set> = self.sets.iter().filter(|o| o.place == Place::Story && self.akin(s, o)).collect();
        let family = of_now(s, family);
        let rival = self.only_rival(s, &family)?;
        let bare = |m: &crate::analysis::Mention| match &m.value {
            Value::Quantity(q) => Some(q.amount),
            Value::Age(x) | Value::Ordinal(x) => Some(*x),
            Value::Duration(d) => Some(d.amount),
            _ => None,
        };
        let story = |m: &&crate::analysis::Mention| sets::place(a.doc.blocks[m.block as usize].kind) == Some(Place::Story);
        let told = a.mentions.iter().filter(story).filter_map(bare).any(|x| meets(&x, &s.amount));
        let held = self.sets.iter().any(|o| o.place == Place::Story && meets(&o.amount, &s.amount));
        if told || held || self.named(s) || rival.written < Ratio::whole(2) {
            return None;
        }
        let first = family.iter().find(|o| !o.part && meets(&o.amount, &rival)).copied()?;
        self.early(first).then_some(first)
    }

    /// Whether a set stands in the first sentences of the story.
    fn early(&self, s: &Set) -> bool {
        let a = self.a;
        let sentence = a.tokens[s.tokens.start].sentence as usize;
        let first = a.sentences.iter().position(|s| a.doc.blocks[s.block as usize].kind.is_running());
        first.is_some_and(|f| sentence < f + FIRST)
    }

    fn conflict(&self, first: &Set, other: &Set) -> Conflict {
        let a = self.a;
        let mut facets = match (first.mention, other.mention) {
            (Some(x), Some(y)) => agree::facets_of(a, x, y),
            _ => Facets::default(),
        };
        let dead = |s: &Set| {
            a.language(s.tokens.start)
                .and_then(|l| l.members.class(DEAD))
                .is_some_and(|c| s.own.contains(&c) || s.told.contains(&c))
        };
        // « huit blessés *graves* »: some of them.
        let adjective = |s: &Set| s.marks.iter().any(|&m| m <= s.tokens.end);
        let smaller = first.amount.written < other.amount.written;
        facets.insert_if(adjective(first) && !adjective(other) && smaller && !dead(first), Facet::PartOf);
        // « deux adolescentes … ont été blessées »: of four hurt.
        let some = first.own.iter().all(|c| !other.own.contains(c)) && !first.anyone && first.head.is_some() && !first.definite;
        facets.insert_if(some && smaller && other.place == Place::Above && !self.all_dead(first), Facet::PartOf);
        // "the five *opposition* parties" of "the seven *ruling and opposition* parties"
        let before = |s: &Set| s.marks.iter().filter(|&&m| m < s.tokens.end).count();
        facets.insert_if(before(other) > 0 && before(first) > before(other), Facet::PartOf);
        // « l'un des huit porte-parole »: the story tells some of them apart.
        let at = other.tokens.start;
        let articles = a.language(at).map(|l| &l.numbers.articles);
        let one = |i: usize| articles.is_some_and(|all| all.iter().any(|w| w == a.lower(i)));
        let one_of = at > a.sentence(at).start + 1 && (at - 3.min(at)..at - 1).any(one);
        facets.insert_if(one_of && smaller, Facet::PartOf);
        facets.insert_if(self.made_up(first, other), Facet::SumOfParts);
        // « les 140 licenciements interviendront »: what is known is no forecast, and a headline tells the story's.
        if other.definite || other.place == Place::Above {
            facets.remove(Facet::Hypothetical);
        }
        // "the diocese announced", "it said": a definite group takes up what is known, unless it is another's by a word of attribution.
        let attributed = cue_in(a, "by-source", a.sentence(other.tokens.start));
        if (other.definite || other.place == Place::Above) && !attributed {
            facets.remove(Facet::AttributedDifferently);
        }
        // « les 420 évacués *avaient pu* rentrer *dimanche* »: when and where something more is told of them says nothing of how many they are.
        // "faces 14 counts of fraud *between 2017 and 2021*": only a year ahead of the number sets the scene.
        let year = |s: &Set| s.mention.is_some_and(|m| agree::other_year(a, m));
        let ahead = |s: &Set| !years(a, a.sentence(s.tokens.start).start..s.tokens.start).is_empty();
        // « ces 430 emplois … dans un canton qui en a déjà perdu 200 en 2019 »
        let close = |s: &Set| !years(a, s.tokens.start..(s.tokens.end + 5).min(a.sentence(s.tokens.start).end)).is_empty();
        let scene = year(other) && (ahead(other) || other.place == Place::Caption || other.place == Place::Story && close(other))
            || year(first) && ahead(first);
        if (other.definite || other.place == Place::Above) && !scene {
            facets.remove(Facet::OtherTime);
        }
        let placed = |s: &Set| {
            let here = a.mentions_in(a.sentence(s.tokens.start).start..s.tokens.start);
            here.iter().any(|m| matches!(&m.value, Value::Place(p) if p.role == PlaceRole::Locative))
        };
        if other.place == Place::Above || other.definite && !placed(other) {
            facets.remove(Facet::OtherPlace);
        }
        // Those who are found may be fewer than the dead; they are not more.
        let toll = !other.definite && self.is_toll(other) && self.is_toll(first);
        facets.insert_if(toll && other.amount.written < first.amount.written, Facet::PartOf);
        let near =
            first.amount.written.mul(Ratio::new(3, 2).unwrap_or(Ratio::ONE)).is_some_and(|most| other.amount.written <= most);
        if toll && near && !scene && !both_dated(first, other) {
            facets.remove(Facet::OtherTime);
        }
        if other.definite || other.place != Place::Story {
            facets.remove(Facet::Revised);
            let revised = |s: &Set| cue_in(a, "recounted", a.sentence(s.tokens.start));
            facets.insert_if(revised(first) || revised(other), Facet::Revised);
        }
        if other.definite {
            facets.remove(Facet::Quoted);
        }
        let mut values = Bindings::default();
        values.bind("first.amount", Bound::Amount(first.amount));
        values.bind("other.amount", Bound::Amount(other.amount));
        Conflict { roles: vec![("first", a.span(first.tokens.clone())), ("other", a.span(other.tokens.clone()))], values, facets }
    }

    /// Whether a set in the first sentence is of the dead, and the story tells of no other death: a lead counts them all.
    fn all_dead(&self, first: &Set) -> bool {
        let a = self.a;
        let own = a.sentence(first.tokens.start);
        let opens = a
            .sentences
            .iter()
            .find(|s| a.doc.blocks[s.block as usize].kind.is_running())
            .is_some_and(|s| s.start as usize == own.start);
        let Some(dead) = a.language(own.start).and_then(|l| l.members.class(DEAD)).filter(|c| opens && first.told.contains(c))
        else {
            return false;
        };
        !(own.end..a.tokens.len()).any(|i| sets::place(a.kind(i)) == Some(Place::Story) && tells(a, i, dead))
    }

    /// Whether one of two numbers is the sum of numbers of the story, or the other with one more of them.
    fn made_up(&self, first: &Set, other: &Set) -> bool {
        let all: Vec<Ratio> = self.sets.iter().map(|s| s.amount.written).filter(|w| *w > Ratio::ZERO).take(60).collect();
        [first, other].into_iter().any(|s| {
            let n = s.amount.rounded();
            let (low, high) = n.low.zip(n.high).unwrap_or((n.written, n.written));
            let fits = |sum: Ratio| low <= sum && sum <= high;
            let all: Vec<Ratio> = all.iter().copied().filter(|w| *w != n.written).collect();
            all.iter().enumerate().any(|(i, x)| {
                all[i + 1..].iter().enumerate().any(|(j, y)| {
                    let Some(two) = x.add(*y) else { return false };
                    fits(two) || all[i + 1 + j + 1..].iter().any(|z| two.add(*z).is_some_and(fits))
                })
            })
        })
    }
}

/// The sets of the story's own time, where one of them has another number: « un sinistre comparable avait fait trois victimes en 2011 ».
fn of_now<'s, 'a>(s: &Set, mut family: Vec<&'s Set<'a>>) -> Vec<&'s Set<'a>> {
    if !s.past && family.iter().any(|o| !o.past && !o.part && !agrees(s, &o.amount)) {
        family.retain(|o| !o.past);
    }
    family
}

/// Whether one number is more than three times the other, which no slip of the pen makes it: « 500 gilets jaunes » on an avenue, « les 136 000 » of the country.
fn far(x: &Set, y: &Set) -> bool {
    let (x, y) = (x.amount.written, y.amount.written);
    x.min(y).mul(Ratio::whole(3)).is_some_and(|most| x.max(y) > most)
}

/// Whether two sets are of two days.
fn both_dated(x: &Set, y: &Set) -> bool {
    let day = |s: &Set| s.mention.and_then(|m| m.frame.day);
    day(x).zip(day(y)).is_some_and(|(x, y)| x != y)
}

/// Whether a set may have a number. « Pas moins de 240 » are about as many: those that a definite group takes up are not twice that.
fn agrees(s: &Set, amount: &Amount) -> bool {
    let open = amount.high.is_none() && s.definite && s.amount.is_exact();
    let far = |low: Ratio| low.mul(Ratio::new(3, 2).unwrap_or(Ratio::ONE)).is_some_and(|most| s.amount.written > most);
    meets(&s.amount, amount) && !(open && amount.low.is_some_and(far))
}
