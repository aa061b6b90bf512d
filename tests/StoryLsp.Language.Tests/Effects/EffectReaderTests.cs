using NUnit.Framework;
using StoryLsp.Language.Effects;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Tests.Effects;

public class EffectReaderTests
{
    [TestCase("- tom dies", "Dies who=tom")]
    [TestCase("- {dies: tom}", "Dies who=tom")]
    [TestCase("- dies: [tom, ann]", "Dies who=tom | Dies who=ann")]
    [TestCase("- {dies: {who: tom}}", "Dies who=tom")]
    [TestCase("- Tom Reed died in the fire", "Dies who=Tom Reed")]
    [TestCase("- tom revives", "Revives who=tom")]
    [TestCase("- {revives: tom}", "Revives who=tom")]
    [TestCase("- ada learns forged-will", "Learns who=ada what=forged-will")]
    [TestCase("- Ada Vane learned the Forged Will", "Learns who=Ada Vane what=the Forged Will")]
    [TestCase("- ada learns of forged-will", "Learns who=ada what=forged-will || Learns who=ada what=of forged-will")]
    [TestCase("- {learns: {who: ada, fact: forged-will}}", "Learns who=ada what=forged-will")]
    [TestCase("- {learns: {fact: forged-will}}", "Learns what=forged-will")]
    [TestCase("- learns: {who: [ada, tom], fact: forged-will}", "Learns who=ada what=forged-will | Learns who=tom what=forged-will")]
    [TestCase("- ada takes revolver", "Takes who=ada what=revolver")]
    [TestCase("- takes revolver", "Takes what=revolver")]
    [TestCase("- {takes: revolver}", "Takes what=revolver")]
    [TestCase("- ADA took revolver from tom", "Takes who=ADA what=revolver || Takes who=ADA what=revolver from tom")]
    [TestCase("- ada gives revolver to lena", "Gives who=ada what=revolver to=lena")]
    [TestCase("- {gives: {who: ada, item: revolver, to: lena}}", "Gives who=ada what=revolver to=lena")]
    [TestCase("- ada gives lena revolver", "Gives who=ada what=revolver to=lena")]
    [TestCase("- ada loses revolver", "Loses who=ada what=revolver")]
    [TestCase("- ada has lost the revolver", "Loses who=ada what=the revolver")]
    [TestCase("- {loses: {who: ada, item: revolver}}", "Loses who=ada what=revolver")]
    [TestCase("- destroys: old-mill", "Destroys what=old-mill")]
    [TestCase("- old-mill destroyed", "Destroys what=old-mill")]
    [TestCase("- the old mill is destroyed", "Destroys what=the old mill")]
    [TestCase("- ada destroys letter", "Destroys who=ada what=letter")]
    [TestCase("- ada hair: red", "Sets who=ada what=hair to=red || Sets what=ada hair to=red")]
    [TestCase("- Ada Vane eye colour: deep green", "Sets who=Ada Vane what=eye colour to=deep green || Sets who=Ada Vane eye what=colour to=deep green || Sets who=Ada what=Vane eye colour to=deep green || Sets what=Ada Vane eye colour to=deep green")]
    [TestCase("- 'ada hair: red'", "Sets who=ada what=hair to=red || Sets what=ada hair to=red")]
    [TestCase("- {sets: {who: ada, field: hair, to: red}}", "Sets who=ada what=hair to=red")]
    [TestCase("- {sets: {who: ada, field: traits, to: [calm, tired]}}", "Sets who=ada what=traits to=calm, tired")]
    [TestCase("- {injures: {who: tom, what: broken arm, prevents: [climbs, oar]}}", "Injures who=tom what=broken arm prevents=climbs,oar")]
    [TestCase("- {heals: {who: tom, what: broken arm}}", "Heals who=tom what=broken arm")]
    [TestCase("- {heals: {who: tom}}", "Heals who=tom")]
    [TestCase("- {who: ada, takes: revolver}", "Takes who=ada what=revolver")]
    [TestCase("- '[[Ada Vane|Ada]] takes [[The Revolver]]'", "Takes who=[Ada Vane] what=[The Revolver]")]
    [TestCase("- {takes: {who: [[Ada Vane]], item: \"[[revolver]]\"}}", "Takes who=[Ada Vane] what=[revolver]")]
    [TestCase("- Tom Took takes lamp", "Takes who=Tom Took what=lamp || Takes who=Tom what=takes lamp")]
    [TestCase("- ada goes home", "Unread what=ada goes home")]
    [TestCase("- tom dies his hair", "Unread what=tom dies his hair")]
    [TestCase("- {takes: }", "Unread")]
    [TestCase("- [a, b]", "Unread")]
    [TestCase("- ", "")]
    [TestCase("tom dies", "Dies who=tom")]
    [TestCase("dies: tom", "Dies who=tom")]
    public void An_effect_is_read_in_every_form(string yaml, string expected)
    {
        var root = Root(yaml);
        Assert.That(string.Join(" | ", EffectReader.Effects(root).Select(Describe)), Is.EqualTo(expected));
    }

    [TestCase("[revolver]", "_ revolver")]
    [TestCase("revolver", "_ revolver")]
    [TestCase("[[Revolver]]", "_ [Revolver]", Description = "a wikilink without quotes")]
    [TestCase("[{who: tom, item: revolver}, oar]", "tom revolver | _ oar")]
    [TestCase("[{item: [revolver, oar]}]", "_ revolver | _ oar")]
    [TestCase("[{who: tom}]", "")]
    public void Who_uses_what_is_read_in_every_form(string yaml, string expected) =>
        Assert.That(string.Join(" | ", EffectReader.Uses(Root(yaml)).Select(use => $"{Text(use.Who) ?? "_"} {Text(use.What)}")), Is.EqualTo(expected));

    [Test]
    public void Every_name_stands_where_its_span_says()
    {
        const string yaml = "- Ada Vane takes the old revolver\n- {gives: {who: 'Ada Vane', item: \"old revolver\", to: [[Lena]]}}\n- ada hair: dark red\n- '[[Ada Vane|Ada]] learns the will'\n";
        var source = SourceText.From(yaml);
        foreach (var effect in EffectReader.Effects(Root(yaml)))
        {
            foreach (var name in (EffectName?[])[effect.Who, effect.What, effect.To])
            {
                Assert.That(name is null || source.Slice(name.Span).ToString() == name.Text, $"{name}");
            }
        }
    }

    [Test]
    public void A_name_in_a_text_with_escapes_is_as_wide_as_the_text()
    {
        const string yaml = "- \"Ada\\u0020Vane takes revolver\"";
        var effect = EffectReader.Effects(Root(yaml))[0];
        Assert.That(effect.Who!.Text, Is.EqualTo("Ada Vane"));
        Assert.That(effect.Who.Span, Is.EqualTo(new TextSpan(3, yaml.Length - 4)));
    }

    [Test]
    public void Progressions_are_read_when_they_are_complete()
    {
        var read = EffectReader.Progressions(Root("- {from: fire, field: hair, to: grey}\n- {from: fire, field: hair}"));
        Assert.That(read.Select(one => (one.From.Text, one.Field.Text, one.To.Text)), Is.EqualTo(new[] { ("fire", "hair", "grey") }));
    }

    private static YamlNode? Root(string yaml) => YamlParser.Parse(SourceText.From(yaml)).Documents[0].Root;

    private static string Describe(EffectFact effect) => string.Join(" || ", effect.Others.Prepend(effect).Select(One));

    private static string One(EffectFact effect) =>
        effect.Verb + Said("who", effect.Who) + Said("what", effect.What) + Said("to", effect.To) +
        (effect.Prevents.Count > 0 ? " prevents=" + string.Join(',', effect.Prevents.Select(name => name.Text)) : "");

    private static string Said(string role, EffectName? name) => name is null ? "" : $" {role}={Text(name)}";

    private static string? Text(EffectName? name) => name is null ? null : name.IsLink ? $"[{name.Text}]" : name.Text;
}
