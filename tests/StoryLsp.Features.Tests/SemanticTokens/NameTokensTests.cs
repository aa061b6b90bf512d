using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using StoryLsp.Features.SemanticTokens;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.SemanticTokens;

public class NameTokensTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        id: ada
        name: Ada Vane
        aliases: [the Captain]
        //- locations/mill.yaml
        name: Old Mill
        //- items/revolver.yaml
        name: revolver
        //- facts/will.yaml
        name: Second will
        //- scenes/one.md
        ---
        pov: ada
        location: Old Mill
        reveals: [Second will]
        ---
        Then Ada
        Vane took the revolver to the Old Mill, said [[ada|she]] to Bob.

        """;

    [Test]
    public void Names_are_coloured_by_what_they_name()
    {
        Assert.That(Tokens("scenes/one.md"), Is.EqualTo(new[]
        {
            "pov Key", "ada Character", "location Key", "Old Mill Place", "reveals Key", "Second will Fact", "Ada Character", "Vane Character", "revolver Item", "Old Mill Place", "she Character",
        }));
        Assert.That(Tokens("characters/ada.yaml"), Is.EqualTo(new[]
        {
            "id Key", "ada Character definition", "name Key", "Ada Vane Character definition", "aliases Key", "the Captain Character definition",
        }));
        Assert.That(Tokens("nothing.md"), Is.Empty);
    }

    [Test]
    public void A_range_has_its_own_names_only()
    {
        var story = FixtureWorkspace.Of(Story);
        var text = story.Text("scenes/one.md")!;
        var line = text.GetLineSpan(1);
        Assert.That(NameTokens.In(story.Snapshot, "scenes/one.md", line, default).Select(token => text.Slice(token.Span)), Is.EqualTo(new[] { "pov", "ada" }));
    }

    [Test]
    public void Keys_are_those_that_a_schema_or_the_settings_know()
    {
        var story = FixtureWorkspace.Of("""
            //- story.yaml
            story: 1
            titel: Wrong
            rules: {time/age: off, time/nothing: off}
            //- schemas/ship.yaml
            schema: ship
            extends: location
            fields:
              hull: {type: string, deprecated: true}
              decks: {type: list, of: {type: object, fields: {guns: {type: integer}}}}
            //- heron.yaml
            type: ship
            hull: oak
            "decks": [{guns: 4, masts: 1}]
            masts: 3
            //- notes/book.md
            # One
            ```story
            type: scene
            pov: nobody
            povv: nobody
            ```
            """);
        Assert.That(Of(story, "story.yaml"), Is.EqualTo(new[] { "story Key", "rules Key", "time/age Key" }));
        Assert.That(Of(story, "schemas/ship.yaml"), Does.Contain("deprecated Key").And.Contain("fields Key").And.None.StartsWith("hull"));
        Assert.That(Of(story, "heron.yaml"), Is.EqualTo(new[] { "type Key", "ship Type", "hull Key deprecated", "decks Key", "guns Key" }));
        Assert.That(Of(story, "notes/book.md"), Is.EqualTo(new[] { "One Scene definition", "type Key", "scene Type", "pov Key" }));
    }

    [Test]
    public void The_change_of_tokens_makes_the_new_ones_of_the_old()
    {
        var text = FixtureWorkspace.Of(Story).Text("scenes/one.md")!.Text;
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Edits.ToArbitrary(), edits =>
        {
            var now = text;
            var old = DataOf(now);
            foreach (var (at, deleted, inserted) in edits)
            {
                var start = at % (now.Length + 1);
                now = now.Remove(start, Math.Min(deleted, now.Length - start)).Insert(start, inserted);
                var fresh = DataOf(now);
                var delta = TokenDelta.Between(old, fresh);
                Assert.That(delta is null ? old : [.. old[..delta.Start], .. delta.Data, .. old[(delta.Start + delta.DeleteCount)..]], Is.EqualTo(fresh));
                Assert.That(delta?.Start % 5 ?? 0, Is.Zero);
                Assert.That(delta is null, Is.EqualTo(old.AsSpan().SequenceEqual(fresh)));
                old = fresh;
            }
        }));
    }

    [Test]
    public void One_more_name_is_all_that_is_sent_of_a_long_text()
    {
        var old = DataOf(Long("He left."));
        var delta = TokenDelta.Between(old, DataOf(Long("He left Ada.")))!;
        Assert.That(old, Has.Length.AtLeast(200));
        Assert.That((delta.DeleteCount, delta.Data.Count), Is.EqualTo((5, 10)), "the name, and the one behind it, whose place counts from there");

        static string Long(string middle) => $"{string.Concat(Enumerable.Repeat("Ada Vane sat.\n", 20))}{middle}\n{string.Concat(Enumerable.Repeat("Ada Vane stood.\n", 20))}";
    }

    private static Gen<(int At, int Deleted, string Inserted)[]> Edits { get; } = Gen.Choose(0, 500).SelectMany(
        at => Gen.Choose(0, 12).SelectMany(
            deleted => Gen.Elements("", "x", " ", "\n", "Ada", "Ada Vane ", "[[ada]]", "[", "\"", ": ", "- Old Mill\n", "---\n", "\U0001F600").Select(inserted => (at, deleted, inserted)))).ArrayOf();

    [TestCase("synopsis: Ada Vane goes to the Old Mill.")]
    [TestCase("synopsis: |\n  Ada\n  Vane goes to the Old Mill.")]
    public void A_synopsis_names_as_prose_does(string synopsis)
    {
        var story = FixtureWorkspace.OfTexts([new("story.yaml", "story: 1\n"), new("characters/ada.yaml", "id: ada\nname: Ada Vane\n"), new("locations/mill.yaml", "name: Old Mill\n"), new("scenes/one.md", $"---\n{synopsis}\npov: ada\n---\n")]);
        var names = Of(story, "scenes/one.md").Where(token => !token.Contains("Key", StringComparison.Ordinal)).ToList();
        Assert.That(names, Is.EqualTo(synopsis.Contains('|') ? new[] { "Ada Character", "Vane Character", "Old Mill Place", "ada Character" } : ["Ada Vane Character", "Old Mill Place", "ada Character"]));
    }

    private static int[] DataOf(string scene)
    {
        var story = FixtureWorkspace.OfTexts(
        [
            new("story.yaml", "story: 1\n"), new("characters/ada.yaml", "id: ada\nname: Ada Vane\n"), new("locations/mill.yaml", "name: Old Mill\n"),
            new("facts/will.yaml", "name: Second will\n"), new("scenes/one.md", scene),
        ]);
        return TokenData.Of(story.Text("scenes/one.md")!, NameTokens.In(story.Snapshot, "scenes/one.md", new TextSpan(0, int.MaxValue), default), PositionEncoding.Utf16);
    }

    private static IEnumerable<string> Tokens(string path) => Of(FixtureWorkspace.Of(Story), path);

    private static IEnumerable<string> Of(FixtureWorkspace story, string path) =>
        NameTokens.In(story.Snapshot, path, new TextSpan(0, int.MaxValue), default)
            .Select(token => $"{story.Text(path)!.Slice(token.Span)} {token.Kind}{(token.IsDefinition ? " definition" : "")}{(token.IsDeprecated ? " deprecated" : "")}");
}
