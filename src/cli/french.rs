//! The help in French: what `args` says in English, said again. A test holds that nothing is left out.

use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, Command};

/// Commands: what each does, and what stands below its help.
const COMMANDS: &[(&str, &str, &str)] = &[
    (
        "",
        "Recoupe un papier avec lui-même : nombres, dates, noms, lieux, légendes, citations.",
        "\
Exemples :
  recoupe check papier.md                relire un papier
  recoupe check --notes papiers/         relire un dossier, avec ce qui ne mérite qu'un coup d'œil
  pbpaste | recoupe check -              relire ce qui vient d'être copié
  recoupe facts papier.md                donner chaque nombre, date, lieu, nom et citation
  recoupe explain caption-place-mismatch dire pourquoi une règle existe, avec des exemples

Rien ne sort de la machine, et le même papier avec les mêmes règles donne toujours les mêmes constats.",
    ),
    (
        "check",
        "Trouver ce qui ne va pas ensemble dans des papiers",
        "\
Code de sortie :
  0  rien au niveau d'échec ou au-dessus (voir --fail-on)
  1  des constats à ce niveau ou au-dessus
  2  le travail n'a pu être fait, ou pas en entier ; ce qui a pu être lu est relu et rapporté
     quand même

Un papier peut faire taire une règle par un commentaire avant un passage, ou dans ses métadonnées pour tout le papier :
  <!-- recoupe: ignore two-spellings by M. Rey -- les deux graphies sont justes -->

Exemples :
  recoupe check papier.md legende.txt
  recoupe check --report html=rapport.html --report short papiers/
  recoupe check --rules regles-maison/ --fail-on error papiers/
  recoupe check --level form=off --level two-spellings=error papier.md
  cat papier.html | recoupe check --as html --date 2024-05-17 -",
    ),
    (
        "facts",
        "Donner les faits d'un papier, chacun avec sa place et sa valeur",
        "\
Exemples :
  recoupe facts papier.md
  recoupe facts --format csv papier.md > faits.csv
  recoupe facts --format json papiers/ > faits.json",
    ),
    (
        "parse",
        "Montrer comment les phrases sont lues : mots et classes, groupes, propositions, rôles",
        "\
C'est ce que regarde qui écrit une règle, quand un motif ne trouve rien.

Exemples :
  echo \"La police dit que deux hommes sont morts.\" | recoupe parse --lang fr -
  recoupe parse --format json papier.md > lecture.json",
    ),
    (
        "rules",
        "Donner la liste des règles",
        "\
Exemples :
  recoupe rules --ui-lang fr
  recoupe rules --rules regles-maison/ --format json
  recoupe rules --schema > rule.schema.json    pour compléter dans un éditeur",
    ),
    ("explain", "Dire ce qu'une règle trouve et pourquoi, avec ses exemples", ""),
    (
        "replay",
        "Passer des règles sur une archive : combien de fois auraient-elles parlé, et à raison ?",
        "\
Une règle juste sur ses exemples peut encore crier au loup. Avant de la mettre en service, passez-la sur ce que vous avez publié : cela \
fut relu et corrigé, presque chaque constat devrait donc être un que vous auriez aimé voir. Lisez l'échantillon ; faites de \
chaque faux constat un exemple de la règle ; gardez en avertissement ce qui est juste six fois sur sept.

L'archive est un dossier de papiers, ou un fichier JSON Lines avec, pour chaque article, `text` et, si possible, `title`, `date` \
(AAAA-MM-JJ), `lang`, `captions` (une liste) et `id` ; `archive:` dans recoupe.yaml donne d'autres noms à ces clés.

Exemples :
  recoupe replay conflicting-tolls --over archive.jsonl
  recoupe replay scale-slip --over archive.jsonl --seed 2      un autre échantillon

Code de sortie : 0 si toute l'archive a été lue, 2 sinon.",
    ),
    (
        "serve",
        "Relire par HTTP : une page où écrire, une interface, et celle de LanguageTool pour les clients qui existent",
        "\
Le service n'écoute que cette machine, sauf --listen, et ne répond à aucune page d'ailleurs, sauf --allow-origin. Aucun papier n'est \
écrit ni noté. Ctrl-C l'arrête, une fois fini ce qui était commencé.

Exemples :
  recoupe serve                                          puis ouvrir http://127.0.0.1:8750
  recoupe serve --allow-origin https://cms.example       laisser les pages d'un CMS demander

Les clients de LanguageTool prennent http://127.0.0.1:8750/v2 comme adresse de leur serveur.",
    ),
    (
        "test",
        "Passer les exemples que portent les règles",
        "\
Chaque règle porte de petits papiers qu'elle doit signaler, et d'autres qu'elle doit laisser.

Exemples :
  recoupe test                  les exemples des règles de recoupe
  recoupe test regles-maison/   et ceux d'un dossier

Code de sortie : 0 si tous passent, 1 si l'un échoue, 2 si les règles ne peuvent être chargées.",
    ),
    (
        "lsp",
        "Servir un éditeur : les constats soulignés pendant qu'on écrit (Language Server Protocol, entrée et sortie standard)",
        "\
Un éditeur lance lui-même cette commande ; docs/editors.md donne les réglages.

Code de sortie : 0 si l'éditeur a fermé le serveur, 1 s'il est parti sans un mot.",
    ),
    (
        "config",
        "Dire ce qui vaut pour un papier, et d'où vient chaque valeur",
        "\
Le `recoupe.yaml` le plus proche, dans le dossier du papier ou au-dessus, vaut. Ce qu'il dit cède aux métadonnées du papier, et celles-ci à \
la ligne de commande.

Exemples :
  recoupe config                          ce qui vaut dans ce dossier
  recoupe config sport/match.md           ce qui vaut pour un papier, ligne à ligne",
    ),
    (
        "init",
        "Écrire une configuration où chaque clé est expliquée",
        "\
Exemples :
  recoupe init                 écrire recoupe.yaml ici
  recoupe init redaction/      ou là ; ce qui y est déjà reste",
    ),
    (
        "completions",
        "Écrire les complétions d'un shell",
        "\
Exemples :
  recoupe completions bash > ~/.local/share/bash-completion/completions/recoupe
  recoupe completions fish > ~/.config/fish/completions/recoupe.fish",
    ),
    ("help", "Afficher l'aide d'une commande", ""),
    ("licences", "Dire de qui est ce dont recoupe est fait, données et bibliothèques, et à quelles conditions", ""),
    (
        "man",
        "Écrire une page du manuel",
        "\
Exemples :
  recoupe man | man -l -                                   la lire
  recoupe man check > ~/.local/share/man/man1/recoupe-check.1    garder la page d'une commande",
    ),
];

/// Arguments by their names; one that means something else in some command is named with it: `replay rules`.
const ARGS: &[(&str, &str)] = &[
    ("all_files", "Nommer chaque fichier d'un dossier qui n'est pas lu"),
    ("all_lines", "Avec --since, rapporter aussi ce qui est dans des lignes inchangées"),
    ("allow_host", "Un nom sous lequel le service peut être appelé, outre `localhost` et les adresses (peut être répété)"),
    (
        "allow_origin",
        "Une origine dont les pages peuvent appeler le service, comme https://cms.example (peut être répétée ; `*` pour toutes)",
    ),
    ("baseline", "Taire les constats que FILE connaît, et dire lesquels ont disparu"),
    ("color", "Quand mettre des couleurs"),
    ("command", "La page d'une commande ; sans elle, celle de recoupe"),
    (
        "config",
        "Une configuration pour tous les papiers ; sinon le `recoupe.yaml` le plus proche, dans le dossier du papier ou au-dessus",
    ),
    ("date", "Le jour de parution, auquel « aujourd'hui » et « mardi » sont rapportés"),
    ("diff", "Écrire ce que --fix changerait, sans rien changer"),
    ("dir", "Le dossier pour lequel vaut la configuration"),
    ("dirs", "Un dossier d'autres règles (peut être répété)"),
    ("explain", "Dire quels mots ont donné chaque nombre, son échelle, sa borne et son unité"),
    ("fail_on", "Le plus bas niveau qui met le code de sortie à 1 [défaut : warning] ; `note` montre aussi les notes"),
    ("fingerprint_key_file", "Un fichier avec une clé pour les empreintes, pour que personne sans elle ne devine des mots"),
    ("fix", "Écrire dans les papiers ce qu'une règle tient pour certain, puis les relire"),
    ("force", "La récrire s'il y en a une"),
    ("format", "Comment rapporter"),
    ("check format", "Comment rapporter sur la sortie standard [défaut : terminal]"),
    ("rules format", "Comment en donner la liste"),
    ("help", "Afficher l'aide"),
    ("jobs", "Combien de papiers lire à la fois ; par défaut autant qu'il y a de processeurs"),
    ("lang", "La langue des papiers ; sinon le papier la dit, ou elle est reconnue"),
    ("levels", "Le niveau d'une règle, d'un sujet ou de toutes (`all`) : off, note, warning ou error (peut être répété)"),
    ("listen", "Où écouter ; le port 0 prend n'importe lequel qui soit libre"),
    ("max_size", "Le plus grand papier, en octets"),
    ("no_config", "Ne tenir compte d'aucune configuration"),
    ("notes", "Montrer aussi les notes : ce qui ne mérite qu'un coup d'œil"),
    ("over", "Un dossier de papiers, ou un fichier d'articles en JSON Lines"),
    ("overwrite", "Laisser --write-baseline remplacer un FILE qui existe"),
    ("path", "Le papier, ou le dossier"),
    ("paths", "Des papiers, des dossiers de papiers, ou `-` pour l'entrée standard"),
    ("patience", "Combien de temps une demande peut mettre à arriver, ou une réponse à être prise, en secondes"),
    ("previous", "Comparer le papier à cette version antérieure"),
    ("prune", "Ôter de la liste ce qui a disparu"),
    ("read_as", "Comment lire les papiers, quoi que disent leurs noms et leur contenu"),
    ("redact", "Laisser les mots des papiers hors de tout rapport et de tout message"),
    ("report", "Un rapport, et le fichier où il va ; sans fichier, sur la sortie standard (peut être répété)"),
    ("rule", "Le nom de la règle, comme un constat le donne entre crochets"),
    ("rules", "Un dossier d'autres règles, qui peuvent remplacer celles de recoupe ou les éteindre (peut être répété)"),
    ("replay rules", "Les règles à passer, par leur nom ; les notes et les règles éteintes passent aussi"),
    ("sample", "Combien de constats de chaque règle montrer"),
    ("schema", "Écrire plutôt le schéma JSON du fichier"),
    ("seed", "Quel échantillon tirer"),
    ("shell", "Le shell"),
    ("since", "Ne relire que ce qui a changé depuis cette révision de git"),
    ("stdio", "Rien : des éditeurs le donnent pour dire ce qui va de soi"),
    ("summary", "Finir par le nombre de constats de chaque règle et de chaque fichier"),
    ("timeout", "Combien de temps une relecture peut durer, en secondes"),
    ("ui_lang", "La langue des messages ; sinon celle du papier, ou l'anglais"),
    ("version", "Afficher la version"),
    ("write_baseline", "Écrire les constats d'aujourd'hui dans FILE, pour que --baseline les taise désormais"),
];

/// The command with its help in French.
pub fn told(command: Command) -> Command {
    // What clap itself says is in English: the template, the arguments that it adds and its command `help` are said again.
    let mut command = command;
    command.build();
    one(command, "")
}

fn one(mut command: Command, name: &str) -> Command {
    if let Some((_, about, more)) = COMMANDS.iter().find(|(n, ..)| *n == name) {
        command = command.about(*about).long_about(None::<&str>);
        if !more.is_empty() {
            command = command.after_help(*more);
        }
    }
    command = command
        .subcommand_help_heading("Commandes\u{a0}")
        .subcommand_value_name("COMMANDE")
        .help_template("{about-with-newline}\nUtilisation : {usage}\n\n{all-args}{after-help}")
        .mut_args(|arg| said(arg, name));
    let below: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for sub in below {
        command = command.mut_subcommand(&sub, |c| one(c, &sub));
    }
    command
}

/// What is wrong with what was asked, in French; nothing where clap says what nobody has said again.
pub fn wrong(e: &clap::Error) -> Option<String> {
    let text = |kind| e.get(kind).map(ToString::to_string);
    let near = |kind| text(kind).map_or_else(String::new, |near| format!(" (vouliez-vous dire `{near}` ?)"));
    let arg = || text(ContextKind::InvalidArg).unwrap_or_default();
    let said = match e.kind() {
        ErrorKind::MissingRequiredArgument => format!("il manque {}", arg()),
        ErrorKind::UnknownArgument => format!("`{}` n'est pas une option d'ici{}", arg(), near(ContextKind::SuggestedArg)),
        ErrorKind::InvalidSubcommand => {
            let wrong = text(ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("`{wrong}` n'est pas une commande{}", near(ContextKind::SuggestedSubcommand))
        }
        ErrorKind::ArgumentConflict => {
            format!("{} ne va pas avec {}", arg(), text(ContextKind::PriorArg).unwrap_or_else(|| "ce qui précède".to_owned()))
        }
        ErrorKind::InvalidValue => {
            let (value, known) = (text(ContextKind::InvalidValue).unwrap_or_default(), text(ContextKind::ValidValue));
            let known = known.map_or_else(String::new, |known| format!(" ; valeurs : {known}"));
            if value.is_empty() {
                format!("{} attend une valeur{known}", arg())
            } else {
                format!("{} ne peut être `{value}`{}{known}", arg(), near(ContextKind::SuggestedValue))
            }
        }
        _ => return None,
    };
    let usage = text(ContextKind::Usage).map(|usage| usage.replacen("Usage:", "Utilisation :", 1));
    let usage = usage.map_or_else(String::new, |usage| format!("{}\n\n", usage.trim_end()));
    Some(format!("erreur : {said}\n\n{usage}Pour en savoir plus : --help\n"))
}

/// Headings between arguments.
const HEADINGS: &[(&str, &str)] = &[("What has changed", "Ce qui a changé"), ("Mending", "Corriger")];

fn said(mut arg: Arg, command: &str) -> Arg {
    if let Some((_, heading)) = HEADINGS.iter().find(|(en, _)| arg.get_help_heading() == Some(*en)) {
        arg = arg.help_heading(*heading);
    }
    let id = arg.get_id().as_str();
    let own = format!("{command} {id}");
    let Some((_, help)) = ARGS.iter().find(|(n, _)| *n == own).or_else(|| ARGS.iter().find(|(n, _)| *n == id)) else {
        return arg;
    };
    let mut help = (*help).to_owned();
    let shown = |values: Vec<String>| values.join(", ");
    let default = arg.get_default_values().iter().map(|v| v.to_string_lossy().into_owned()).collect::<Vec<_>>();
    let flag = !arg.get_action().takes_values();
    if !default.is_empty() && !flag {
        help.push_str(&format!(" [défaut : {}]", shown(default)));
    }
    let values: Vec<String> = arg.get_possible_values().iter().map(|v| v.get_name().to_owned()).collect();
    if !values.is_empty() && !flag && !arg.is_hide_possible_values_set() {
        help.push_str(&format!(" [valeurs : {}]", shown(values)));
    }
    arg.help(help).long_help(None::<&str>).hide_default_value(true).hide_possible_values(true)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::args::Args;

    #[test]
    fn every_command_and_argument_is_said_in_french() {
        let command = Args::command();
        let mut missing = Vec::new();
        for command in std::iter::once(&command).chain(command.get_subcommands()) {
            let name = if command.get_name() == "recoupe" { "" } else { command.get_name() };
            if !COMMANDS.iter().any(|(n, ..)| *n == name) {
                missing.push(name.to_owned());
            }
            for arg in command.get_arguments() {
                let (id, own) = (arg.get_id().as_str(), format!("{name} {}", arg.get_id()));
                if !ARGS.iter().any(|(n, _)| *n == id || *n == own) {
                    missing.push(own);
                }
            }
        }
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn what_is_wrong_is_said_in_french() {
        for (args, wanted) in [
            (&["recoupe", "check"][..], "erreur : il manque <PATH>...\n\nUtilisation : recoupe check <PATH>...\n"),
            (
                &["recoupe", "check", "--nots", "a"],
                "erreur : `--nots` n'est pas une option d'ici (vouliez-vous dire `--notes` ?)\n",
            ),
            (&["recoupe", "chek"], "erreur : `chek` n'est pas une commande (vouliez-vous dire `check` ?)\n"),
            (&["recoupe", "facts", "--format", "pdf", "a"], "erreur : --format <FORMAT> ne peut être `pdf` ; valeurs : terminal, "),
            (&["recoupe", "facts", "--format"], "erreur : --format <FORMAT> attend une valeur ; valeurs : terminal, "),
        ] {
            let e = told(Args::command()).try_get_matches_from(args).unwrap_err();
            let said = wrong(&e).unwrap();
            assert!(said.starts_with(wanted), "{said}");
            assert!(said.ends_with("Pour en savoir plus : --help\n"), "{said}");
        }
    }

    #[test]
    fn prose_below_a_command_is_wrapped_by_the_terminal_alone() {
        let french = COMMANDS.iter().map(|(_, _, more)| (*more).to_owned());
        let english = Args::command();
        let english = english.get_subcommands().filter_map(|c| c.get_after_help().map(ToString::to_string));
        for text in french.chain(english.collect::<Vec<_>>()) {
            let lines: Vec<&str> = text.lines().collect();
            for pair in lines.windows(2).filter(|pair| pair[0].chars().count() > 100) {
                assert!(!pair[0].starts_with(' '), "{}", pair[0]);
            }
            let prose = |line: &str| !line.is_empty() && !line.starts_with(' ') && !line.trim_end().ends_with(':');
            assert!(!lines.windows(2).any(|pair| prose(pair[0]) && prose(pair[1])), "{text}");
        }
    }

    #[test]
    fn help_is_in_one_language() {
        let mut command = told(Args::command());
        let help = command.render_help().to_string();
        for english in ["Usage", "Commands", "Print", "Options:\n\n"] {
            assert!(!help.contains(english), "{english}: {help}");
        }
        for command in command.get_subcommands_mut() {
            let help = command.render_long_help().to_string();
            for english in ["Usage:", "Print ", "default:", "possible values", "Possible values", "The ", "Examples"] {
                assert!(!help.contains(english), "{english}: {help}");
            }
        }
    }
}
