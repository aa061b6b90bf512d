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
            "ada Character", "Old Mill Place", "Second will Fact", "Ada Character", "Vane Character", "revolver Item", "Old Mill Place", "she Character",
        }));
        Assert.That(Tokens("characters/ada.yaml"), Is.EqualTo(new[] { "ada Character definition", "Ada Vane Character definition", "the Captain Character definition" }));
        Assert.That(Tokens("nothing.md"), Is.Empty);
    }

    [Test]
    public void A_range_has_its_own_names_only()
    {
        var story = FixtureWorkspace.Of(Story);
        var text = story.Text("scenes/one.md")!;
        var line = text.GetLineSpan(1);
        Assert.That(NameTokens.In(story.Snapshot, "scenes/one.md", line, default).Select(token => text.Slice(token.Span)), Is.EqualTo(new[] { "ada" }));
    }

    private static IEnumerable<string> Tokens(string path)
    {
        var story = FixtureWorkspace.Of(Story);
        return NameTokens.In(story.Snapshot, path, new TextSpan(0, int.MaxValue), default)
            .Select(token => $"{story.Text(path)!.Slice(token.Span)} {token.Kind}{(token.IsDefinition ? " definition" : "")}");
    }
}
