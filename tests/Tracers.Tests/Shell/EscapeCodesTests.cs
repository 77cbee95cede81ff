using Tracers.Shell;
using Xunit;

namespace Tracers.Tests.Shell;

public sealed class EscapeCodesTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\u001b[32;1mTag\u001b[0m end", "Tag end")]
    [InlineData("\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("\u001b]0;title\u0007text", "text")]
    [InlineData("a\u001b", "a\u001b")]
    [InlineData("a\u001b[12", "a\u001b[12")]
    [InlineData("\u001b\u001b[0mx", "\u001bx")]
    public void Whole_codes_go_and_everything_else_stays(string text, string plain) => Assert.Equal(plain, EscapeCodes.Remove(text));
}
