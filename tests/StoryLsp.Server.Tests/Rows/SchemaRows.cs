using NUnit.Framework;

namespace StoryLsp.Server.Tests.Rows;

/// <summary>Section 3 of the format, row by row: the types of fields, their constraints, and schemas themselves.</summary>
public sealed class SchemaRows
{
    private static IEnumerable<TestCaseData> Values()
    {
        const string wrong = "schema/wrong-type";
        yield return Value("{type: string}", "1984", "");
        yield return Value("{type: string}", "true", "");
        yield return Value("{type: string}", "[a, b]", wrong);
        yield return Value("{type: text}", "\"long\"", "");
        yield return Value("{type: text}", "{a: b}", wrong);
        yield return Value("{type: integer}", "-7", "");
        yield return Value("{type: integer}", "7.5", wrong);
        yield return Value("{type: integer}", "seven", wrong);
        yield return Value("{type: number}", "7.5", "");
        yield return Value("{type: number}", "seven", wrong);
        yield return Value("{type: boolean}", "true", "");
        yield return Value("{type: boolean}", "maybe", wrong);
        yield return Value("{type: date}", "1926-11-05", "");
        yield return Value("{type: date}", "1926~", "");
        yield return Value("{type: date}", "\"Day 3, 21:30\"", "");
        yield return Value("{type: date}", "[1926]", wrong);
        yield return Value("{type: duration}", "PT2H", "");
        yield return Value("{type: duration}", "2 hours", "");
        yield return Value("{type: duration}", "[2 hours]", wrong);
        yield return Value("{type: enum, options: [wood, iron]}", "wood", "");
        yield return Value("{type: enum, options: [wood, iron]}", "glass", "schema/not-an-option");
        yield return Value("{type: reference, target: character}", "ada", "");
        yield return Value("{type: reference, target: character}", "nobody", "ref/unresolved");
        yield return Value("{type: reference}", "ada", "");
        yield return Value("{type: list, of: {type: integer}}", "[1, 2]", "");
        yield return Value("{type: list, of: {type: integer}}", "1", "");
        yield return Value("{type: list, of: {type: integer}}", "[1, x]", wrong);
        yield return Value("{type: object, fields: {model: {type: integer}}}", "{model: 3}", "");
        yield return Value("{type: object, fields: {model: {type: integer}}}", "{model: x}", wrong);
        yield return Value("{type: object, fields: {model: {type: string}}}", "x", wrong);
        yield return Value("{type: container, target: item}", "{id: engine, name: Engine}", "");
        yield return Value("{type: any}", "{a: [b, {c: d}]}", "");
        yield return Value("{type: string, pattern: \"[A-Z]+\"}", "ABC", "");
        yield return Value("{type: string, pattern: \"[A-Z]+\"}", "abc", wrong);
        yield return Value("{type: string, minLength: 3}", "ab", wrong);
        yield return Value("{type: string, maxLength: 3}", "abcd", wrong);
        yield return Value("{type: integer, min: 1, max: 40}", "40", "");
        yield return Value("{type: integer, min: 1, max: 40}", "41", wrong);
        yield return Value("{type: number, min: 1}", "0.5", wrong);
        yield return Value("{type: list, minItems: 2}", "[a]", wrong);
        yield return Value("{type: list, maxItems: 1}", "[a, b]", wrong);
        yield return Value("{type: list, unique: true}", "[a, a]", wrong);
        yield return Value("{type: list, unique: true}", "[a, b]", "");
        yield return Value("{type: string, deprecated: true}", "x", "schema/deprecated");
        yield return Value("{type: string, deprecated: use other}", "x", "schema/deprecated");
    }

    [TestCaseSource(nameof(Values))]
    public async Task Field(string field, string value, string codes)
    {
        using var row = await StoryRow.OfAsync($"""
            //- story.yaml
            story: 1
            //- schemas/ship.yaml
            schema: ship
            fields:
              it: {field}
            //- characters/ada.yaml
            name: Ada
            //- ships/argo.yaml
            name: Argo
            it: {value}
            """);
        Assert.That(row.Codes, Is.EqualTo(codes));
    }

    [TestCase("allow", "", TestName = "unknown fields: allow")]
    [TestCase("warn", "schema/unknown-field", TestName = "unknown fields: warn")]
    [TestCase("deny", "schema/unknown-field", TestName = "unknown fields: deny")]
    public async Task Additional(string additional, string codes)
    {
        using var row = await StoryRow.OfAsync($"""
            //- story.yaml
            story: 1
            //- schemas/ship.yaml
            schema: ship
            additional: {additional}
            //- ships/argo.yaml
            name: Argo
            something: else
            """);
        Assert.That(row.Codes, Is.EqualTo(codes));
    }

    [Test]
    public async Task Required_fields_synonyms_and_what_is_inherited()
    {
        using var row = await StoryRow.OfAsync("""
            //- story.yaml
            story: 1
            //- schemas/spaceship.yaml
            schema: spaceship
            extends: location
            fields:
              captain: {type: reference, target: character, required: true, synonyms: [skipper]}
            //- schemas/frigate.yaml
            schema: frigate
            extends: spaceship
            //- characters/ada.yaml
            name: Ada
            //- spaceships/a.yaml
            skipper: ada
            within: b
            //- frigates/b.yaml
            name: B
            """);
        Assert.That(row.Findings, Does.Match("^frigates/b.yaml:.* schema/missing-field$"));
        Assert.That(row.References, Is.EqualTo("captain ada → ada\nwithin b → b"));
    }

    [Test]
    public async Task A_workspace_s_schema_replaces_the_shipped_one()
    {
        using var row = await StoryRow.OfAsync("""
            //- story.yaml
            story: 1
            //- schemas/character.yaml
            schema: character
            additional: deny
            fields:
              rank: {type: integer}
            //- characters/ada.yaml
            rank: x
            eyes: green
            """);
        Assert.That(row.Codes, Is.EqualTo("schema/wrong-type, schema/unknown-field"));
    }

    [TestCase("secret")]
    [TestCase("is_secret")]
    public async Task Secrets_are_read_under_both_names(string key)
    {
        using var row = await StoryRow.OfAsync($$"""
            //- story.yaml
            story: 1
            //- schemas/ship.yaml
            schema: ship
            fields:
              log: {type: text, {{key}}: true}
            """);
        Assert.That(row.Snapshot.Schemas.Find("ship")!.Fields.Single(field => field.Name == "log").Secret, Is.True);
        Assert.That(row.Findings, Is.Empty);
    }

    [TestCase("schema: x\nfields:\n  a: {type: nonsense}")]
    [TestCase("schema: x\nextends: nobody")]
    [TestCase("schema: x\nextends: x")]
    [TestCase("schema: x\nfields: 7")]
    [TestCase("schema: x\nfields:\n  a: {type: enum}")]
    [TestCase("schema: x\nfields:\n  a: {type: string, pattern: \"[\"}")]
    [TestCase("schema: x\nadditional: perhaps")]
    [TestCase("fields: {}")]
    public async Task A_schema_file_is_itself_checked(string schema)
    {
        using var row = await StoryRow.OfAsync($"//- story.yaml\nstory: 1\n//- schemas/x.yaml\n{schema}\n");
        Assert.That(row.Codes, Does.Contain("schema/invalid"));
    }

    [TestCase("entity", "name title aliases description tags image notes progressions matching")]
    [TestCase("note", "")]
    [TestCase("character", "born died age pronouns eyes hair height species occupation home factions traits relations voice")]
    [TestCase("location", "within routes built destroyed")]
    [TestCase("item", "owner location destroyed")]
    [TestCase("faction", "members leader home")]
    [TestCase("fact", "statement known_by secret_until terms")]
    [TestCase("event", "participants location when duration effects")]
    [TestCase("scene", "pov characters mentions location when duration time_of_day chapter order status target_words synopsis threads timeline strand effects uses relies_on reveals setups payoffs plants solves")]
    [TestCase("chapter", "number characters locations synopsis target_words")]
    [TestCase("thread", "")]
    [TestCase("case", "victim culprit when where motive means suspects clues red_herrings detective constraints reveal")]
    [TestCase("clue", "text points_to eliminates establishes essential red_herring")]
    [TestCase("shot", "scene number size angle movement lens duration description panel approval")]
    [TestCase("panel", "image prompt version")]
    [TestCase("spec", "")]
    [TestCase("outline", "")]
    [TestCase("bible", "")]
    [TestCase("idea", "")]
    public async Task A_shipped_type_has_its_fields_described_and_none_required(string type, string fields)
    {
        using var row = await StoryRow.OfAsync("//- story.yaml\nstory: 1\n");
        var schema = row.Snapshot.Schemas.Find(type)!;
        Assert.Multiple(() =>
        {
            Assert.That(schema.Fields.Select(field => field.Name), Is.SupersetOf(fields.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
            Assert.That(schema.Fields.Where(field => string.IsNullOrWhiteSpace(field.Description)).Select(field => field.Name), Is.Empty);
            Assert.That(schema.Fields.Where(field => field.Required).Select(field => field.Name), Is.Empty);
            Assert.That(schema.Additional.ToString(), Is.EqualTo("Allow"));
        });
    }

    private static TestCaseData Value(string field, string value, string codes) => new TestCaseData(field, value, codes).SetName($"{field} of {value} gives {(codes.Length == 0 ? "nothing" : codes)}".Replace('.', '·'));
}
