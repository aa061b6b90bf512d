using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NUnit.Framework;

namespace StoryLsp.Protocol.Tests.Generated;

/// <summary>The alternatives of unions are told apart by their form, and objects by their properties.</summary>
public sealed class UnionTests
{
    private const string Span = """{"start":{"line":1,"character":2},"end":{"line":3,"character":4}}""";

    [Test]
    public void AChangeWithARangeIsPartialAndOneWithoutIsTheWholeText()
    {
        var partial = Read($$"""{"range":{{Span}},"rangeLength":3,"text":"x"}""", LspJsonContext.Default.TextDocumentContentChangeEvent);
        Assert.That(partial.TextDocumentContentChangePartial?.Range, Is.EqualTo(new LspRange(new Position(1, 2), new Position(3, 4))));
        Assert.That(partial.TextDocumentContentChangeWholeDocument, Is.Null);

        var whole = Read("""{"text":"x"}""", LspJsonContext.Default.TextDocumentContentChangeEvent);
        Assert.That(whole.TextDocumentContentChangeWholeDocument?.Text, Is.EqualTo("x"));
        Assert.That(whole.TextDocumentContentChangePartial, Is.Null);
    }

    [Test]
    public void ACommandIsKnownByItsTextAndACodeActionByItsCommand()
    {
        Assert.That(Read("""{"title":"t","command":"c"}""", LspJsonContext.Default.CommandOrCodeAction).Command?.Identifier, Is.EqualTo("c"));
        Assert.That(Read("""{"title":"t","command":{"title":"t","command":"c"}}""", LspJsonContext.Default.CommandOrCodeAction).CodeAction?.Command?.Identifier, Is.EqualTo("c"));
        Assert.That(Read("""{"title":"t","kind":"quickfix"}""", LspJsonContext.Default.CommandOrCodeAction).CodeAction?.Kind, Is.EqualTo(CodeActionKind.QuickFix));
    }

    [Test]
    public void AnArraysAlternativeIsKnownByAllOfItsElements()
    {
        var flat = $$$"""{"name":"a","kind":5,"location":{"uri":"u","range":{{{Span}}}}}""";
        var tree = $$"""{"name":"a","kind":5,"range":{{Span}},"selectionRange":{{Span}}}""";
        Assert.That(Read($"[{flat}]", LspJsonContext.Default.DocumentSymbolResult).SymbolInformations, Has.Count.EqualTo(1));
        Assert.That(Read($"[{tree},{tree}]", LspJsonContext.Default.DocumentSymbolResult).DocumentSymbols, Has.Count.EqualTo(2));
        Assert.That(Read($$$"""[{{{flat}}},{"name":"b","kind":5,"location":{"uri":"u"}}]""", LspJsonContext.Default.WorkspaceSymbolResult).WorkspaceSymbols, Has.Count.EqualTo(2));
        Assert.That(() => Read($"[{flat},{tree}]", LspJsonContext.Default.DocumentSymbolResult), Throws.TypeOf<JsonException>());
    }

    [Test]
    public void ALiteralTellsFileOperationsApart()
    {
        Assert.That(Read("""{"kind":"create","uri":"u"}""", LspJsonContext.Default.TextDocumentEditOrCreateFileOrRenameFileOrDeleteFile).CreateFile?.Uri, Is.EqualTo("u"));
        Assert.That(Read("""{"kind":"delete","uri":"u"}""", LspJsonContext.Default.TextDocumentEditOrCreateFileOrRenameFileOrDeleteFile).DeleteFile?.Uri, Is.EqualTo("u"));
        Assert.That(Read("""{"kind":"rename","oldUri":"u","newUri":"v"}""", LspJsonContext.Default.TextDocumentEditOrCreateFileOrRenameFileOrDeleteFile).RenameFile?.NewUri, Is.EqualTo("v"));
        Assert.That(() => Read("""{"kind":"shred","uri":"u"}""", LspJsonContext.Default.TextDocumentEditOrCreateFileOrRenameFileOrDeleteFile), Throws.TypeOf<JsonException>());
    }

    [Test]
    public void ATokenIsANumberOrATextAndKeysByValue()
    {
        Assert.That(Read("7", LspJsonContext.Default.ProgressToken), Is.EqualTo((ProgressToken)7));
        Assert.That(Read("\"7\"", LspJsonContext.Default.ProgressToken), Is.EqualTo((ProgressToken)"7").And.Not.EqualTo((ProgressToken)7));
        Assert.That(() => Read("true", LspJsonContext.Default.ProgressToken), Throws.TypeOf<JsonException>());
    }

    [Test]
    public void AnEnumerationOfTextsKeepsWordsThatItDoesNotKnow()
    {
        var kind = Read("\"refactor.rewrite.storylsp.synopsis\"", LspJsonContext.Default.CodeActionKind);
        Assert.That(kind.Value, Is.EqualTo("refactor.rewrite.storylsp.synopsis"));
        Assert.That(JsonSerializer.Serialize(kind, LspJsonContext.Default.CodeActionKind), Is.EqualTo("\"refactor.rewrite.storylsp.synopsis\""));
    }

    [Test]
    public void ANullThatTheProtocolWantsIsWritten()
    {
        var document = new OptionalVersionedTextDocumentIdentifier { Uri = "u" };
        Assert.That(JsonSerializer.Serialize(document, LspJsonContext.Default.OptionalVersionedTextDocumentIdentifier), Does.Contain("\"version\":null"));
    }

    private static T Read<T>(string json, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(json, type)!;
}
