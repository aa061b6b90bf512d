using NUnit.Framework;
using StoryLsp.Features.Completion;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Tests.Completion;

public class YamlCursorTests
{
    [TestCase("$0", "Node  []")]
    [TestCase("na$0", "Node  [na]")]
    [TestCase("pov: $0", "Value pov []")]
    [TestCase("pov:$0", "Value pov [] space")]
    [TestCase("pov: ad$0", "Value pov [ad]")]
    [TestCase("pov: a$0d", "Value pov [ad]")]
    [TestCase("pov: Ada $0", "Value pov [Ada ]")]
    [TestCase("pov: Ada V$0ane # who sees", "Value pov [Ada Vane]")]
    [TestCase("pov: \"Ad$0\"", "Value pov [Ad] \"")]
    [TestCase("pov: \"Ad$0", "Value pov [Ad] \"")]
    [TestCase("pov: 'Ad$0 Vane'\nx: y", "Value pov [Ad Vane] '")]
    [TestCase("pov: \"Ad$0\nlocation: \"mill\"", "Value pov [Ad] \"")]
    [TestCase("p$0ov: ada", "Key  [pov] colon")]
    [TestCase("po$0", "Node  [po]")]
    [TestCase("name: x\npo$0", "Key  [po] siblings name")]
    [TestCase("name: x\n$0\npov: y", "Key  [] siblings name,pov")]
    [TestCase("$0\nname: x\npov: y", "Node  [] siblings name,pov")]
    [TestCase("pov:\n  $0", "Node pov []")]
    [TestCase("pov:\n  ad$0", "Node pov [ad]")]
    [TestCase("pov:\n$0", "Key  [] siblings pov")]
    [TestCase("characters:\n  - $0", "Node characters/- []")]
    [TestCase("characters:\n  -$0", "Node characters/- [] space")]
    [TestCase("characters:\n  - ada\n  - to$0", "Node characters/- [to]")]
    [TestCase("characters:\n- ada\n- to$0\npov: x", "Node characters/- [to]")]
    [TestCase("characters:\n  - ada\n  $0", "Node characters/- [] dash")]
    [TestCase("characters:\n  $0", "Node characters []")]
    [TestCase("characters: [ada, $0", "Node characters/- [] flow")]
    [TestCase("characters: [ada, to$0]", "Node characters/- [to] flow")]
    [TestCase("characters: [$0]", "Node characters/- [] flow")]
    [TestCase("characters: [ada, to$0\nlocation: mill", "Node characters/- [to] flow")]
    [TestCase("characters: [ada, \"To$0\"]", "Node characters/- [To] \" flow")]
    [TestCase("characters: [\n  ada,\n  to$0\n]\npov: x", "Node characters/- [to] flow")]
    [TestCase("characters: [ada,\n  $0", "Node characters/- [] flow")]
    [TestCase("routes: [{to: mi$0}]", "Value routes/-/to [mi] flow")]
    [TestCase("routes: [{to: mill, $0}]", "Key routes/- [] flow siblings to")]
    [TestCase("routes: [{ti$0, to: mill}]", "Key routes/- [ti] flow siblings to")]
    [TestCase("routes:\n  - to: mi$0", "Value routes/-/to [mi]")]
    [TestCase("routes:\n  - to: mill\n    ti$0", "Key routes/- [ti] siblings to")]
    [TestCase("routes:\n  - ti$0\n    to: mill", "Node routes/- [ti]")]
    [TestCase("a:\n  b:\n    c: $0", "Value a/b/c []")]
    [TestCase("a:\n  b: 1\n  $0\nd: 2", "Key a [] siblings b")]
    [TestCase("a: 1\r\nb: 2\r\nc$0\r\nd: 3\r\n", "Key  [c] siblings a,b,d")]
    [TestCase("a: |\n  text\n  mo$0re\nb: 1", null)]
    [TestCase("a: |\n  text\n$0", "Key  [] siblings a")]
    [TestCase("# comm$0ent", null)]
    [TestCase("a: 1 # comm$0ent", null)]
    [TestCase("a: \"open\n  still $0\nb: 1", "Value a [still ] \"")]
    [TestCase("a: [unclosed\nb: $0", "Value b []")]
    [TestCase("a: \"unclosed\nb: $0", "Value b []")]
    [TestCase("a: 1\n---\n$0", "Node  []")]
    [TestCase("a: 1\n---\nb$0: 2", "Key  [b] colon")]
    [TestCase("pov: [[Ad$0", "Node pov/-/- [Ad] flow")]
    [TestCase("pov: !!str ad$0", "Value pov [ad]")]
    [TestCase("type: scene\nx:\n  - y: 1\n    z$0", "Key x/- [z] siblings y")]
    public void The_way_to_the_caret_is_found_in_broken_text(string text, string? expected)
    {
        Assert.That(Describe(text), Is.EqualTo(expected));
    }

    [Test]
    public void The_type_of_each_mapping_on_the_way_is_known_wherever_it_stands()
    {
        var cursor = At("decks:\n  - $0\n    type: deck\ntype: ship")!;
        Assert.Multiple(() =>
        {
            Assert.That(cursor.Path[0].MappingType, Is.EqualTo("ship"));
            Assert.That(cursor.MappingType, Is.Null);
        });
    }

    private static string? Describe(string text)
    {
        if (At(text) is not { } cursor)
        {
            return null;
        }

        var path = string.Join('/', cursor.Path.Select(step => step.Key ?? "-"));
        var plain = text.Replace("$0", "", StringComparison.Ordinal);
        var result = $"{cursor.Position} {path} [{plain.Substring(cursor.Token.Start, cursor.Token.Length)}]";
        result += cursor.Quote == '\0' ? "" : " " + cursor.Quote;
        result += cursor.InFlow ? " flow" : "";
        result += cursor.ColonFollows ? " colon" : "";
        result += cursor.NeedsSpace ? " space" : "";
        result += cursor.AtDash ? " dash" : "";
        return result + (cursor.Siblings.Count == 0 ? "" : " siblings " + string.Join(',', cursor.Siblings));
    }

    private static YamlCursor? At(string text)
    {
        var caret = text.IndexOf("$0", StringComparison.Ordinal);
        var plain = text.Remove(caret, 2);
        return YamlCursor.At(plain, new TextSpan(0, plain.Length), caret);
    }
}
