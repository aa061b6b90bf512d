using NUnit.Framework;
using StoryLsp.Testing;

namespace StoryLsp.Continuity.Tests;

public class SchemaRuleTests
{
    private const string Ship = """
        //- story.yaml
        story: 1
        //- schemas/spaceship.yaml
        schema: spaceship
        extends: location
        folders: [ships]
        additional: warn
        fields:
          hull: {type: enum, options: [wood, iron, grown]}
          launched: {type: date}
          captain: {type: reference, target: character}
          crew: {type: list, of: {type: reference, target: character}, maxItems: 2, unique: true}
          decks: {type: integer, min: 1, max: 40}
          mass: {type: number}
          armed: {type: boolean}
          registry: {type: string, pattern: "[A-Z]{2}-[0-9]+"}
          motto: {type: string, minLength: 3, maxLength: 10}
          log: {type: text}
          engine: {type: object, fields: {model: {type: string}, power: {type: integer}}}
          rooms: {type: list, of: {type: container, target: location}}
          master: {type: reference, target: character, deprecated: captain}
          old: {type: string, deprecated: true}
        //- characters/ada.yaml
        name: Ada Vane
        //- characters/tom.yaml
        name: Tom Vane

        """;

    [Test]
    public void Values_of_the_right_type() => RuleCheck.Clean(Ship + """
        //- ships/swift.yaml
        name: 1984
        hull: Iron
        launched: unknown
        captain: Ada Vane
        crew: ada
        decks: 40
        mass: 1.5e3
        armed: yes
        registry: AB-12
        motto: "12345"
        log: 12
        engine: {model: 5, power: 0x10}
        rooms:
          - name: Bridge
          - name: Hold
        //- ships/slow.yaml
        hull:
        crew: ["[[ada]]", Tom Vane]
        decks: ~
        captain: [[Ada Vane]]
        engine: null
        launched: {after: swift, by: P3D}
        //- ships/stern.md
        ---
        crew: [[ada]]
        log: |
          many
          lines
        ---
        """);

    [Test]
    public void Values_of_the_wrong_type() => RuleCheck.Faults(Ship + """
        //- ships/swift.yaml
        name: [Swift]
        #     ^^^^^^^ schema/wrong-type error: a text
        hull: [iron]
        #     ^^^^^^ schema/wrong-type: one of its options
        launched: [1926]
        #         ^^^^^^ schema/wrong-type: a date
        captain: {name: Ada}
        #        ^^^^^^^^^^^ schema/wrong-type: one character
        decks: "12"
        #      ^^^^ schema/wrong-type: in quotes
        mass: 1,500
        #     ^^^^^ schema/wrong-type: is none
        armed: y
        #      ^ schema/wrong-type: neither
        crew: {ada: captain}
        #     ^^^^^^^^^^^^^^ schema/wrong-type: takes a list of characters, each by its id or name
        engine: big
        #       ^^^ schema/wrong-type: `model`
        rooms: [Bridge]
        #       ^^^^^^ schema/wrong-type: written in place
        """);

    [Test]
    public void Broken_bounds() => RuleCheck.Faults(Ship + """
        //- ships/swift.yaml
        decks: 41
        #      ^^ schema/wrong-type error: at most 40
        registry: ab-12
        #         ^^^^^ schema/wrong-type: must look like
        motto: no
        #      ^^ schema/wrong-type: at least 3 characters
        engine: {power: 1.5}
        #               ^^^ schema/wrong-type: whole number
        //- ships/slow.yaml
        decks: 0
        #      ^ schema/wrong-type: at least 1
        armed: "true"
        #      ^^^^^^ schema/wrong-type: in quotes `true` is a text. Take the quotes away.
        motto: much too long
        #      ^^^^^^^^^^^^^ schema/wrong-type: at most 10
        crew:
          - ada
          - Tom Vane
          - Ada Vane
        #   ^^^^^^^^ schema/wrong-type: at most 2 entries
        //- ships/stern.yaml
        crew: [ada, ada]
        #           ^^^ schema/wrong-type: twice
        """);

    [TestCase("decks: \"12\"", "Convert to `12`", "decks: 12")]
    [TestCase("mass: 1,500.5 # t", "Convert to `1500.5`", "mass: 1500.5 # t")]
    [TestCase("armed: \"yes\"", "Convert to `true`", "armed: true")]
    [TestCase("hull: [iron]", "Convert to `iron`", "hull: iron")]
    public void Conversions(string before, string title, string after) =>
        RuleCheck.Fix(Ship + $"//- ships/a.yaml\n{before}\n", "schema/wrong-type", title, Ship + $"//- ships/a.yaml\n{after}\n");

    [Test]
    public void Options() => RuleCheck.Faults(Ship + """
        //- ships/swift.md
        ---
        hull: "irno"
        #      ^^^^ schema/not-an-option error: Did you mean `iron`?
        ---
        //- ships/slow.yaml
        hull: wool
        #     ^^^^ schema/not-an-option
        """);

    [Test]
    public void An_option_of_a_shipped_type() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- scenes/one.md
        ---
        time_of_day: teatime, or so
        #            ^^^^^^^^^^^^^^ schema/not-an-option error
        ---
        """);

    [Test]
    public void An_option_is_added() => RuleCheck.Fix(
        "//- story.yaml\nstory: 1\n//- schemas/a.yaml\nschema: ship\nfields:\n  hull:\n    type: enum\n    options:\n      - wood\n      - iron # rusty\n    required: true\n//- ships/a.yaml\nhull: wool stuff",
        "schema/not-an-option",
        "Add `wool stuff` to the options of `hull`",
        "//- story.yaml\nstory: 1\n//- schemas/a.yaml\nschema: ship\nfields:\n  hull:\n    type: enum\n    options:\n      - wood\n      - iron # rusty\n      - wool stuff\n    required: true\n//- ships/a.yaml\nhull: wool stuff");

    [Test]
    public void Unknown_fields_where_the_schema_warns() => RuleCheck.Faults(Ship + """
        //- ships/swift.yaml
        name: Swift
        captian: ada
        #<^^^^^^^ schema/unknown-field warning: Did you mean `captain`?
        engine:
          modle: X
        # ^^^^^ schema/unknown-field warning: `engine.modle`
        """);

    [Test]
    public void Unknown_fields_where_the_schema_denies() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- schemas/oath.yaml
        schema: oath
        additional: deny
        fields:
          sworn: {type: string}
        //- oaths/one.md
        ---
        swron: x
        #<^^^^^ schema/unknown-field error
        other: y
        #<^^^^^ schema/unknown-field error
        ---
        """);

    [Test]
    public void A_field_is_added_to_the_schema() => RuleCheck.Fix(
        "//- story.yaml\nstory: 1\n//- schemas/oath.yaml\nschema: oath\nadditional: deny\nfields:\n  sworn: {type: string}\n# end\n//- oaths/one.yaml\nto: y",
        "schema/unknown-field",
        "Add `to` to the schema of `oath`",
        "//- story.yaml\nstory: 1\n//- schemas/oath.yaml\nschema: oath\nadditional: deny\nfields:\n  sworn: {type: string}\n  to: {type: any}\n# end\n//- oaths/one.yaml\nto: y");

    [Test]
    public void A_near_miss_in_a_shipped_type() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- scenes/one.md
        ---
        charcters: []
        #<^^^^^^^^^ schema/unknown-field warning: Did you mean `characters`?
        routine: x
        ---
        //- locations/mill.yaml
        name: Mill
        routes:
          - {to: mill, moed: foot, one_wya: true}
        #                          ^^^^^^^ schema/unknown-field: `one_way`
        """);

    [Test]
    public void No_near_misses() => RuleCheck.Clean("""
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: Ada
        height: tall
        weight: 60
        heigth: short
        own: key
        tag: x
        //- characters/tom.yaml
        name: Tom
        weight: 60
        trait: x
        //- characters/kit.yaml
        trait: y
        vice: gambling
        """);

    [Test]
    public void Unknown_types() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        folders: {cast: charcter}
        #               ^^^^^^^^ schema/unknown-type
        //- one.yaml
        type: quest
        #     ^^^^^ schema/unknown-type warning: `schemas/quest.yaml`
        name: One
        //- two.md
        ---
        type: "sceen"
        #      ^^^^^ schema/unknown-type: Did you mean `scene`?
        ---
        """);

    [Test]
    public void Missing_fields() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- schemas/ship.yaml
        schema: ship
        fields:
          captain: {type: reference, target: character, required: true}
          decks: {type: integer, min: 3, required: true}
          hull: {type: enum, options: [wood, iron], required: true}
          name: {type: string, required: true}
          crew:
            type: list
            of:
              type: object
              fields:
                who: {type: string, required: true}
                job: {type: string}
        //- characters/ada.yaml
        name: Ada
        //- one.yaml
        type: ship
        #     ^^^^ schema/missing-field warning: `decks`
        #     ^^^^ schema/missing-field warning: `hull`
        captain: ada
        name: Swift
        //- ships/two.yaml
        captain: ada
        decks: 3
        hull:
        #<^^^^ schema/missing-field: `hull`
        name: Two
        crew:
          - job: cook
        #   ^^^ schema/missing-field: `who`
          - {who: x, job: y}
        //- ships/three.md
        Swift and strong.
        #<| schema/missing-field: `name`
        #<| schema/missing-field: `captain`
        #<| schema/missing-field: `decks`
        #<| schema/missing-field: `hull`
        //- ships/four.md
        ---
        hull: wood
        #<^^^^ schema/missing-field: `captain`
        #<^^^^ schema/missing-field: `decks`
        ---
        # Four
        """);

    [Test]
    public void A_missing_field_is_inserted() => RuleCheck.Fix(
        "//- story.yaml\nstory: 1\n//- schemas/a.yaml\nschema: ship\nfields:\n  captain: {type: reference, target: character, required: true, default: ada}\n//- characters/ada.yaml\nname: Ada\n//- ships/a.yaml\nname: Swift\nlog: |\n  many\n  lines\n# end",
        "schema/missing-field",
        "Insert `captain`",
        "//- story.yaml\nstory: 1\n//- schemas/a.yaml\nschema: ship\nfields:\n  captain: {type: reference, target: character, required: true, default: ada}\n//- characters/ada.yaml\nname: Ada\n//- ships/a.yaml\nname: Swift\nlog: |\n  many\n  lines\ncaptain: ada\n# end");

    [TestCase("decks: {type: integer, required: true}", "decks:")]
    [TestCase("decks: {type: integer, required: true, default: 3}", "decks: 3")]
    [TestCase("cap: {type: string, required: true}", "cap:")]
    [TestCase("cap: {type: reference, target: character, required: true}", "cap:")]
    public void No_value_is_invented(string field, string inserted)
    {
        var before = $"//- story.yaml\nstory: 1\n//- schemas/a.yaml\nschema: ship\nfields:\n  {field}\n//- characters/ada.yaml\nname: Ada\n//- ships/a.yaml\nname: Swift\n";
        RuleCheck.Fix(before, "schema/missing-field", $"Insert `{inserted[..inserted.IndexOf(':')]}`", before + inserted);
    }

    [Test]
    public void Quotes_with_nothing_in_them_are_no_value() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- schemas/ship.yaml
        schema: ship
        fields:
          cap: {type: string, required: true}
          eng: {type: object, fields: {model: {type: string, required: true}, power: {type: integer}}}
        //- ships/one.yaml
        cap: ""
        #<^^^ schema/missing-field warning: `cap` has no value: the schema of `ship` requires it
        eng: {power: 3}
        #     ^^^^^ schema/missing-field: the schema of `ship` requires it in `eng`
        """);

    [Test]
    public void A_field_that_is_there_is_not_what_another_key_means()
    {
        var found = FixtureWorkspace.Of(Ship + "//- ships/swift.yaml\nhull: iron\nhul: wood\nengine: {power: 1, powr: 2}\n").AllFindings();
        Assert.That(found, Has.Count.EqualTo(2));
        Assert.That(found.Select(each => each.Finding.Message), Has.None.Contain("Did you mean"));
    }

    [Test]
    public void What_ships_is_not_the_writers_to_change()
    {
        var found = FixtureWorkspace.Of("//- story.yaml\nstory: 1\nstatus: finished\n//- characters/ada.yaml\nage: -3\n//- scenes/a.yaml\ntension: 99\ntarget_words: -1").AllFindings();
        Assert.That(found.Select(each => each.Finding.Code), Does.Contain("schema/not-an-option").And.Contain("schema/wrong-type"));
        Assert.That(found.Select(each => each.Finding.Message), Has.None.Contain("the schema"));
    }

    [Test]
    public void Nothing_is_missing_where_a_line_was_lost() => FixtureWorkspace.Of("""
        //- story.yaml
        story: 1
        //- schemas/ship.yaml
        schema: ship
        fields:
          captain: {type: string, required: true}
        //- ships/one.yaml
        name: Swift
        captain ada
        #<^^^^^^^^^^^ yaml/syntax
        """).AssertFindings();

    [Test]
    public void Deprecated_fields() => RuleCheck.Faults(Ship + """
        //- ships/swift.yaml
        master: ada
        #<^^^^^^ schema/deprecated hint: Write `captain` instead
        old: x
        #<^^^ schema/deprecated hint
        """);

    [Test]
    public void A_deprecated_field_beside_its_successor_is_not_renamed() =>
        Assert.That(RuleCheck.Titles(Ship + "//- ships/a.yaml\nmaster: ada\ncaptain: ada", "schema/deprecated"), Is.Empty);

    [Test]
    public void Invalid_schemas() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- schemas/a.yaml
        schema: a
        extends: locaton
        #        ^^^^^^^ schema/invalid error: Did you mean `location`?
        additional: maybe
        #           ^^^^^ schema/invalid
        fields:
          hull: {type: material}
        #              ^^^^^^^^ schema/invalid
          kind: {type: enum}
        #              ^^^^ schema/invalid: `options`
          code: {type: string, pattern: "("}
        #                               ^^^ schema/invalid
          crew: {type: list, of: {type: reference, target: charcter}}
        #                                                  ^^^^^^^^ schema/invalid: Did you mean `character`?
        //- schemas/b.yaml
        schema: b
        extends: c
        #        ^ schema/invalid: circle
        //- schemas/c.yaml
        schema: c
        extends: b
        #        ^ schema/invalid: circle
        //- schemas/d.yaml
        name: something
        #<^^^^ schema/invalid: which type it defines
        """);

    [Test]
    public void A_schema_that_extends_the_shipped_one_of_its_name() => RuleCheck.Clean("""
        //- story.yaml
        story: 1
        //- schemas/character.yaml
        schema: character
        extends: character
        fields:
          motto: {type: string}
        //- characters/ada.yaml
        motto: On
        eyes: grey
        """);

    [Test]
    public void Without_a_story_yaml_a_folder_of_that_name_may_hold_anything() => RuleCheck.Clean("""
        //- schemas/table.yaml
        columns: [a, b]
        type: maybe
        """);

    [Test]
    public void A_value_that_an_alias_repeats_is_one_fault() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- all.yaml
        scenes:
          - id: one
            order: &order many
        #                 ^^^^ schema/wrong-type
          - id: two
            order: *order
        """);

    [Test]
    public void Settings() => RuleCheck.Faults("""
        //- story.yaml
        story: "1"
        #      ^^^ schema/wrong-type
        titel: The Hollow Creek Affair
        #<^^^^^ schema/unknown-field warning: Did you mean `title`?
        status: finished
        #       ^^^^^^^^ schema/not-an-option error: `complete`
        mine: anything
        rules:
          name/unknown-name: off
          ref/unresolvd: hint
        # ^^^^^^^^^^^^^ schema/not-an-option: Did you mean `ref/unresolved`?
          time/*: loud
        #         ^^^^ schema/not-an-option: no severity
        ai:
          enabled: perhaps
        #          ^^^^^^^ schema/wrong-type
          provider: openia
        #           ^^^^^^ schema/not-an-option
          endpont: http://localhost
        # ^^^^^^^ schema/unknown-field: `ai.endpont`
        """);

    [Test]
    public void Settings_of_models() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        ai:
          provider: openai
          api_key: sk-CANARYKEY9876543210abcdef
        # ^^^^^^^ schema/unknown-field warning: api_key_env
          api_key_env: sk-CANARYKEY9876543210abcdef
        #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ schema/wrong-type error: the name of an environment variable
          temperature: 0.7
        # ^^^^^^^^^^^ schema/unknown-field warning: `ai.temperature` is no setting
          headers:
            X-Title: {env: SOME_VARIABLE}
            X-Key: sk-CANARYKEY9876543210abcdef
        #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ schema/wrong-type: {env: SOME_VARIABLE}
          limits: {per_day: 3}
        #          ^^^^^^^ schema/unknown-field: `ai.limits.per_day`
        """);

    [Test]
    public void A_key_that_stands_in_the_settings_is_never_said_again()
    {
        var workspace = FixtureWorkspace.Of("//- story.yaml\nstory: 1\nai: {provider: openai, api_key: sk-CANARY1, api_key_env: sk-CANARY1, headers: {A: sk-CANARY1, B: {env: sk-CANARY1}}, sk-CANARY1: yes}\n");
        var messages = workspace.AllFindings().Select(found => found.Finding.Message).ToList();
        Assert.That(messages, Has.Count.EqualTo(5), string.Join('\n', messages));
        Assert.That(messages, Has.None.Contains("CANARY1"));
    }

    [Test]
    public void Models_may_be_switched_off_in_one_word() => RuleCheck.Clean("//- story.yaml\nstory: 1\nai: false");

    [Test]
    public void Settings_as_the_format_shows_them() => RuleCheck.Clean("""
        //- story.yaml
        story: 1                      # format version
        title: The Hollow Creek Affair
        language: en
        status: draft                 # draft | complete
        include: ["**/*.{md,yaml,yml,fountain}"]
        exclude: ["archive/**"]
        folders: {characters: character}
        calendar: gregorian
        manuscript: [ch1-arrival, [ch2-dinner, ch2-murder]]
        names: {ignore: [Providence]}
        rules:                        # off | hint | info | warning | error, by rule or by group
          name/unknown-name: off
          time/*: error
        collections:
          - files: bible/characters.yaml
            at: characters
            type: character
            id: canon_id
        fields:
          scene: {characters: [chars, participants], when: story_date}
        ai:
          enabled: true
          provider: offline
          endpoint: http://localhost:11434/v1
          model: ...
          api_key_env: OPENAI_API_KEY
        //- scenes/ch1-arrival.md
        //- scenes/ch2-dinner.md
        //- scenes/ch2-murder.md
        """);

    [Test]
    public void A_key_in_a_file_is_told_without_being_repeated() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        ai:
          api_key: canary
        # ^^^^^^^ schema/unknown-field warning: a key is never written in a file
        """);
}
