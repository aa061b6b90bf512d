using System.Globalization;
using NUnit.Framework;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;
using StoryLsp.Testing;

namespace StoryLsp.Continuity.Tests;

/// <summary>
/// The bench of the rules: one fault at a time is put into a workspace without a fault, at places that a seed chooses. A rule finds it (recall), and
/// nothing else is found (precision).
/// </summary>
public class ErrorInjectionTests
{
    private const int Most = 25;
    private const double Wanted = 0.95;

    private static readonly Lazy<FixtureWorkspace> Clean = new(() => FixtureWorkspace.OfFolder(Path.Combine(Repository.Root, "examples", "hollow-creek")));

    /// <summary>A fault: the change that makes it, and where the finding must be (a span of the text after it).</summary>
    private sealed record Fault(string Path, string Text, TextSpan At);

    [TestCase("yaml/syntax", 20)]
    [TestCase("yaml/duplicate-key", 20)]
    [TestCase("markdown/front-matter", 10)]
    [TestCase("schema/unknown-type", 5)]
    [TestCase("schema/unknown-field", 20)]
    [TestCase("schema/missing-field", 1)]
    [TestCase("schema/wrong-type", 10)]
    [TestCase("schema/not-an-option", 3)]
    [TestCase("ref/unresolved", 20)]
    [TestCase("ref/wrong-type", 20)]
    [TestCase("ref/ambiguous", 20)]
    [TestCase("ref/duplicate-id", 5)]
    [TestCase("ref/broken-path", 15)]
    [TestCase("schema/invalid", 3)]
    [TestCase("lint/unused-ignore", 20)]
    public void Rule(string code, int least)
    {
        var random = new Random(20261121);
        var faults = FaultsOf(code).OrderBy(_ => random.Next()).Take(Most).ToList();
        Assert.That(faults, Has.Count.GreaterThanOrEqualTo(least), "The example has too few places for this fault.");
        var hits = 0;
        var others = new List<string>();
        foreach (var fault in faults)
        {
            var workspace = With(fault);
            var found = workspace.AllFindings();
            var hit = found.FirstOrDefault(found => found.Path == fault.Path && found.Finding.Code == code && found.Finding.Span.Start <= fault.At.End && fault.At.Start <= found.Finding.Span.End);
            hits += hit is null ? 0 : 1;
            others.AddRange(found.Where(other => other != hit).Select(other => $"{workspace.Describe(other)}   after {workspace.Text(fault.Path)!.Slice(fault.At)}"));
            if (hit is null)
            {
                TestContext.Out.WriteLine($"missed: {fault.Path} {workspace.Text(fault.Path)!.Slice(fault.At)}");
            }
        }

        var recall = (double)hits / faults.Count;
        var precision = hits == 0 ? 0 : (double)hits / (hits + others.Count);
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{code}: {faults.Count} faults, recall {recall:0.00}, precision {precision:0.00}"));
        others.ForEach(TestContext.Out.WriteLine);
        Assert.That(recall, Is.GreaterThanOrEqualTo(Wanted), "recall");
        Assert.That(precision, Is.GreaterThanOrEqualTo(Wanted), "precision\n" + string.Join('\n', others));
    }

    private static FixtureWorkspace With(Fault fault)
    {
        var texts = Clean.Value.Files.ToDictionary(file => file.Path, file => file.Text);
        texts[fault.Path] = fault.Text;
        foreach (var schema in Clean.Value.Snapshot.Schemas.All.Where(schema => fault.Text.Contains(TwiceNamed(schema.Name), StringComparison.Ordinal)))
        {
            var twin = $"type: {schema.Name}\nname: {TwiceNamed(schema.Name)}\n{string.Concat(schema.Fields.Where(field => field.Required).Select(field => field.Name + ": x\n"))}";
            texts["zzz/one.yaml"] = twin;
            texts["zzz/two.yaml"] = twin;
        }

        return FixtureWorkspace.OfTexts(texts);
    }

    private static IEnumerable<Fault> FaultsOf(string code) => code switch
    {
        "yaml/syntax" => Scalars().Where(value => value.Scalar.Style == YamlScalarStyle.Plain && value.Scalar.Value.Contains(' ') && !value.Scalar.Value.Contains('\n'))
            .Select(value => Replace(value.Path, value.Scalar.Span, Text(value.Path, value.Scalar.Span).Replace(" ", ": ", StringComparison.Ordinal)))
            .Concat(Scalars().Where(value => value.Scalar is { Style: YamlScalarStyle.Plain, Span.Length: > 0 } && !IsInFlow(value.Path, value.Scalar.Span))
                .Select(value => Replace(value.Path, value.Scalar.Span, "@" + Text(value.Path, value.Scalar.Span)))),
        "yaml/duplicate-key" => Fields().Where(field => field.Field.Value is YamlScalar && !IsInFlow(field.Path, field.Field.KeySpan))
            .Select(field => Repeat(field.Path, field.Field)),
        "markdown/front-matter" => Clean.Value.Files.Where(file => file.Text.StartsWith("---\n", StringComparison.Ordinal))
            .Select(file => Unclosed(file.Path, file.Text)),
        "schema/unknown-type" => Containers().Where(pair => pair.Container.TypeSpan is not null && pair.Container.Origin != ContainerOrigin.Collection && pair.Container.Type.Length > 3)
            .Select(pair => Replace(pair.Path, pair.Container.TypeSpan!.Value, Misspelt(pair.Container.Type))),
        "schema/unknown-field" => Fields().Where(field => field.Field.Known && field.Field.Name.Length >= 5 && field.Field.Name is not ("aliases" or "title") && Text(field.Path, field.Field.KeySpan) == field.Field.Name &&
                SchemaSet.Shipped.Find(field.Container.Type)?.FindField(Misspelt(field.Field.Name)) is null && !IsNeeded(field.Field.Name))
            .Select(field => Replace(field.Path, field.Field.KeySpan, Misspelt(field.Field.Name))),
        "schema/missing-field" => Fields().Where(field => Clean.Value.Snapshot.Schemas.Find(field.Container.Type)?.FindField(field.Field.Name)?.Required == true)
            .Select(field => WithoutLine(field.Path, field.Field.KeySpan)),
        "schema/wrong-type" => Fields().Where(field => TypeOf(field) is FieldType.Integer or FieldType.Number or FieldType.Boolean)
            .Select(field => Replace(field.Path, field.Field.Value.Span, "rather many")),
        "schema/not-an-option" => Fields().Where(field => TypeOf(field) is FieldType.Enum && field.Field.Value is YamlScalar && field.Container.Origin != ContainerOrigin.FountainScene)
            .Select(field => Replace(field.Path, ((YamlScalar)field.Field.Value).ContentSpan, Misspelt(((YamlScalar)field.Field.Value).Value))),
        "ref/unresolved" => References().Where(pair => pair.Reference.Text.Length > 3).Select(pair => Replace(pair.Path, pair.Reference.Span, Misspelt(pair.Reference.Text)))
            .Concat(Clean.Value.Snapshot.Documents.SelectMany(facts => facts.Links.Where(link => link.Kind == LinkKind.Wikilink && link.Target.Length > 3)
                .Select(link => Replace(facts.Path, link.TargetSpan, Misspelt(link.Target))))),
        "ref/wrong-type" => References().Where(pair => pair.Reference.Target is not (null or "entity"))
            .Select(pair => Replace(pair.Path, pair.Reference.Span, OfAnotherType(pair.Reference.Target!))),
        "ref/ambiguous" => References().Where(pair => !pair.Reference.IsLink && pair.Reference.Target is not (null or "entity"))
            .Select(pair => Replace(pair.Path, pair.Reference.Span, TwiceNamed(pair.Reference.Target!)))
            .Where(fault => fault.At.Length > 0),
        "ref/broken-path" => Clean.Value.Files.Where(file => file.Path.EndsWith(".md", StringComparison.Ordinal))
            .Select(file => new Fault(file.Path, file.Text + "\nSee [the map](maps/of-the-valley.png).\n", new TextSpan(file.Text.Length + 15, 23))),
        "schema/invalid" => Clean.Value.Files.Where(file => file.Path.StartsWith("schemas/", StringComparison.Ordinal))
            .SelectMany(file => Clean.Value.Snapshot.Schemas.All.Where(schema => schema.Path == file.Path).SelectMany(schema => schema.Fields).Where(field => field.Path == file.Path)
                .Select(field => (file, Type: file.Text.IndexOf("type: ", field.Span.End, StringComparison.Ordinal) + 6))
                .Where(found => found.Type > 6)
                .Select(found => Replace(file.Path, new TextSpan(found.Type, file.Text.AsSpan(found.Type).IndexOfAny(",}\n")), "material"))),
        "ref/duplicate-id" => Containers().Where(pair => pair.Container is { IdIsWritten: true, Origin: not ContainerOrigin.Embedded })
            .Select(pair => new Fault("zzz/copy.yaml", $"type: {pair.Container.Type}\nid: {pair.Container.Id}\nname: Zzz\n{Required(pair.Container)}", new TextSpan($"type: {pair.Container.Type}\nid: ".Length, pair.Container.Id.Length))),
        "lint/unused-ignore" => Clean.Value.Files.Where(file => file.Path.EndsWith(".md", StringComparison.Ordinal))
            .Select(file => new Fault(file.Path, file.Text + "\n<!-- story-ignore: ref/unresolved for now -->\nThe end.\n", new TextSpan(file.Text.Length + 1, 45)))
            .Concat(Clean.Value.Files.Where(file => file.Path.EndsWith(".yaml", StringComparison.Ordinal)).Select(file => new Fault(file.Path, "# story-ignore: schema/* for now\n" + file.Text, new TextSpan(0, 32)))),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, null),
    };

    private static IEnumerable<(string Path, ContainerFact Container)> Containers() =>
        Clean.Value.Snapshot.Documents.OrderBy(facts => facts.Path, StringComparer.Ordinal).SelectMany(facts => facts.Containers.Select(container => (facts.Path, container)));

    private static IEnumerable<(string Path, ContainerFact Container, FieldFact Field)> Fields() =>
        Containers().SelectMany(pair => pair.Container.Fields.Select(field => (pair.Path, pair.Container, field)));

    private static IEnumerable<(string Path, YamlScalar Scalar)> Scalars() =>
        Fields().Where(field => field.Field.Name is not ("type" or "id" or "name")).Select(field => (field.Path, Scalar: field.Field.Value as YamlScalar)).Where(pair => pair.Scalar is { IsNull: false }).Select(pair => (pair.Path, pair.Scalar!));

    private static IEnumerable<(string Path, ReferenceFact Reference)> References() =>
        Clean.Value.Snapshot.Documents.OrderBy(facts => facts.Path, StringComparer.Ordinal).SelectMany(facts => facts.References.Select(reference => (facts.Path, reference)));

    private static FieldType? TypeOf((string Path, ContainerFact Container, FieldFact Field) field) =>
        Clean.Value.Snapshot.Schemas.Find(field.Container.Type)?.FindField(field.Field.Name)?.Type;

    // The name of a container that others refer to, and what a schema requires, would be missed by other rules.
    private static bool IsNeeded(string field) => Clean.Value.Snapshot.Schemas.All.Any(schema => schema.FindField(field)?.Required == true);

    private static string Required(ContainerFact container) => string.Concat((Clean.Value.Snapshot.Schemas.Find(container.Type)?.Fields ?? [])
        .Where(field => field.Required && container.Field(field.Name)?.Value is YamlScalar)
        .Select(field => $"{field.Name}: {((YamlScalar)container.Field(field.Name)!.Value).Value}\n"));

    private static string OfAnotherType(string target) =>
        Containers().Select(pair => pair.Container).First(container => container.IdIsWritten && container.Id.Length > 2 && !Clean.Value.Snapshot.Schemas.IsKindOf(container.Type, target) &&
            Clean.Value.Snapshot.Named(container.Id).Count == 1).Id;

    /// <summary>A name that two containers of a type have, both added for it; see <see cref="With"/>.</summary>
    private static string TwiceNamed(string type) => "The Two of " + type;

    /// <summary>Without its third letter: the slip of a tired writer.</summary>
    private static string Misspelt(string word) => word.Remove(Math.Min(2, word.Length - 1), 1);

    private static string Text(string path, TextSpan span) => Clean.Value.Text(path)!.Slice(span);

    private static bool IsInFlow(string path, TextSpan span)
    {
        var text = Clean.Value.Text(path)!;
        var line = text.GetLineSpan(text.GetPosition(span.Start).Line);
        return text.Slice(line).AsSpan().ContainsAny("{}[]&*|>");
    }

    private static Fault Replace(string path, TextSpan span, string text) =>
        new(path, Clean.Value.Text(path)!.WithEdit(span, text).Text, new TextSpan(span.Start, text.Length));

    private static Fault Repeat(string path, FieldFact field)
    {
        var text = Clean.Value.Text(path)!;
        var line = text.GetPosition(field.KeySpan.Start);
        var key = text.Slice(field.KeySpan);
        var scalar = (YamlScalar)field.Value;
        var end = text.GetPosition(Math.Max(field.KeySpan.End, scalar.Span.End - 1)).Line + 1;
        var at = end < text.LineCount ? text.LineStarts[end] : text.Length;
        var indent = new string(' ', line.Character);
        return new(path, text.WithEdit(new TextSpan(at, 0), $"{indent}{key}: {text.Slice(scalar.Span).ReplaceLineEndings(" ").TrimStart('|', '>', '-')}\n").Text, new TextSpan(at + indent.Length, key.Length));
    }

    private static Fault Unclosed(string path, string text)
    {
        var close = text.IndexOf("\n---\n", 3, StringComparison.Ordinal);
        return new(path, text.Remove(close + 1, 4), new TextSpan(0, 3));
    }

    private static Fault WithoutLine(string path, TextSpan key)
    {
        var text = Clean.Value.Text(path)!;
        var line = text.GetPosition(key.Start).Line;
        var span = TextSpan.FromBounds(text.LineStarts[line], line + 1 < text.LineCount ? text.LineStarts[line + 1] : text.Length);
        return new(path, text.WithEdit(span, "").Text, new TextSpan(0, span.Start));
    }
}
