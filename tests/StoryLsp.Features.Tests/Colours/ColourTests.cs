using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using StoryLsp.Features.Colours;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Colours;

public class ColourTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- schemas/person.yaml
        schema: person
        extends: character
        fields:
          colour: {type: string}
          coats: {type: list, of: {type: object, fields: {color: {type: string}}}}
        //- ada.yaml
        type: person
        colour: "#8b1a1a"
        coats: [{color: Tomato}, {color: 'rgb(1, 2, 3)'}, {color: reddish}, {color: }]
        eyes: red
        //- tom.yaml
        type: character
        color: red
        //- notes/x.md
        ---
        type: person
        Colour: darkslategrey
        ---
        """;

    [Test]
    public void Only_what_a_schema_calls_a_colour_is_one()
    {
        var story = FixtureWorkspace.Of(Story);
        Assert.That(Colours(story, "ada.yaml"), Is.EqualTo(new[] { "#8b1a1a #8b1a1a", "Tomato #ff6347", "rgb(1, 2, 3) #010203" }));
        Assert.That(Colours(story, "notes/x.md"), Is.EqualTo(new[] { "darkslategrey #2f4f4f" }));
        Assert.That(Colours(story, "tom.yaml"), Is.Empty, "the shipped schema has no such field");
        Assert.That(Colours(story, "schemas/person.yaml"), Is.Empty);
    }

    [TestCase("#f00", "#ff0000")]
    [TestCase("#F008", "#ff000088")]
    [TestCase("#12345678", "#12345678")]
    [TestCase("rgba(1, 2, 3, 0.5)", "#01020380")]
    [TestCase("RGB(255,255,255)", "#ffffff")]
    [TestCase("rebeccapurple", "#663399")]
    [TestCase("#12345", null)]
    [TestCase("#ggg", null)]
    [TestCase("rgb(1, 2)", null)]
    [TestCase("rgb(1, 2, 300)", null)]
    [TestCase("rgba(1, 2, 3, 2)", null)]
    [TestCase("Control", null, Description = "a colour of windows")]
    [TestCase("12", null)]
    [TestCase("0", null)]
    [TestCase("", null)]
    public void What_is_a_colour(string text, string? hex) => Assert.That(Colour.Parse(text)?.Colour.Write(ColourForm.Hex), Is.EqualTo(hex));

    [Test]
    public void Every_colour_reads_as_it_is_written() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<byte, byte, byte>((red, green, blue) =>
    {
        var colour = new Colour(red, green, blue);
        foreach (var form in Enum.GetValues<ColourForm>())
        {
            Assert.That(colour.Write(form) is not { } text || Colour.Parse(text) == (colour, form));
        }
    }));

    [Test]
    public void A_colour_is_written_as_the_one_before_it_and_in_quotes_where_yaml_needs_them()
    {
        var story = FixtureWorkspace.Of(Story);
        var red = new Colour(255, 0, 0);
        Assert.That(Texts("#8b1a1a"), Is.EqualTo(new[] { "#ff0000", "red", "rgb(255, 0, 0)" }), "quotes stand there already");
        Assert.That(Texts("Tomato"), Is.EqualTo(new[] { "red", "\"#ff0000\"", "\"rgb(255, 0, 0)\"" }));
        Assert.That(DocumentColours.Texts(story.Snapshot, "ada.yaml", new TextSpan(0, 3), red), Is.Empty);

        IEnumerable<string> Texts(string old) =>
            DocumentColours.Texts(story.Snapshot, "ada.yaml", new(story.OffsetOf("ada.yaml", old), old.Length), red).Select(text => text.NewText);
    }

    private static IEnumerable<string> Colours(FixtureWorkspace story, string path) =>
        DocumentColours.In(story.Snapshot, path, default).Select(found => $"{story.Text(path)!.Slice(found.Span)} {found.Colour.Write(ColourForm.Hex)}");
}
