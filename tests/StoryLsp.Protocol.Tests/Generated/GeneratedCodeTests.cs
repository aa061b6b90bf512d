using NUnit.Framework;
using StoryLsp.Protocol.Generator;

namespace StoryLsp.Protocol.Tests.Generated;

/// <summary>The committed code is what the generator makes of the metaModel today.</summary>
public sealed class GeneratedCodeTests
{
    [Test]
    public void TheCommittedFilesAreWhatTheGeneratorWrites()
    {
        var folder = Path.Combine(MetaModelFixture.ProtocolFolder, "Generated");
        var files = MetaModelFixture.Source(MetaModelFixture.Model()).Files;
        Assert.That(Directory.GetFiles(folder).Select(Path.GetFileName), Is.EquivalentTo(files.Keys));
        foreach (var (name, text) in files)
        {
            var committed = File.ReadAllText(Path.Combine(folder, name)).ReplaceLineEndings("\n");
            Assert.That(committed, Is.EqualTo(text), $"{name} is out of date: run StoryLsp.Protocol.Generator again.");
        }
    }

    [Test]
    public void EveryMethodOfTheMetaModelCanBeGenerated()
    {
        var model = MetaModelFixture.Model();
        var source = new ProtocolSource(model, model.Methods.Select(m => m.Name));
        var files = source.Files;
        Assert.That(source.Methods, Has.Count.EqualTo(model.Methods.Count));
        foreach (var method in model.Methods)
        {
            Assert.That(files["LspMethods.cs"], Does.Contain($" {Names.Method(method.Name)} {{ get; }} = new(\"{method.Name}\""));
        }
    }

    [Test]
    public void AMethodThatTheMetaModelDoesNotHaveIsNamed()
    {
        var model = MetaModelFixture.Model();
        Assert.That(
            () => new ProtocolSource(model, ["textDocument/teleport"]),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("textDocument/teleport"));
    }

    [Test]
    public void TheOrderOfTheListDoesNotMatter()
    {
        var model = MetaModelFixture.Model();
        var list = File.ReadAllLines(Path.Combine(MetaModelFixture.ProtocolFolder, "methods.txt"));
        Assert.That(new ProtocolSource(model, list.Reverse()).Files, Is.EqualTo(new ProtocolSource(model, list).Files));
    }
}
