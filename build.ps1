<#
.SYNOPSIS
    Builds, tests and packs the module.
.DESCRIPTION
    A thin caller of dotnet. Only commands of PowerShell's engine are used, so that it also runs in this project's own shell:
    dotnet run -c Release --project src/Tracers.Shell -- -Command './build.ps1 -Task Build, Pack'
.PARAMETER Task
    Build compiles and lays the module out in module/bin; Test runs the tests; Pack builds and writes output/Tracers.<version>.nupkg and
    output/Tracers.Marks.<version>.nupkg.
.PARAMETER Configuration
    Release or Debug.
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Pack')]
    [string[]] $Task = @('Build'),

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'

$root = $PSScriptRoot
$inOwnShell = $Host.Name -eq 'Tracers.Shell'

function Invoke-DotNet {
    param([string[]] $Arguments)

    "dotnet $Arguments"
    & dotnet $Arguments
    if ($LASTEXITCODE -ne 0) { throw "dotnet $Arguments ended with exit code $LASTEXITCODE." }
}

function Invoke-BuildTask {
    # The shell that runs this script cannot be written over: there, only the module is built.
    $target = if ($inOwnShell) { "$root/src/Tracers/Tracers.csproj" } else { "$root/Tracers.slnx" }
    Invoke-DotNet build, $target, '-c', $Configuration, '-nologo'
}

function Invoke-TestTask {
    # Tests run in Debug when the shell runs this script: a Release build of them would build the shell.
    $built = if ($inOwnShell) { 'Debug' } else { $Configuration }
    Invoke-DotNet test, "$root/tests/Tracers.Tests/Tracers.Tests.csproj", '-c', $built, '-nologo'
}

function Get-ManifestData {
    $errors = $null
    $tokens = $null
    $ast = [System.Management.Automation.Language.Parser]::ParseFile("$root/Tracers.psd1", [ref] $tokens, [ref] $errors)
    if ($errors) { throw "Tracers.psd1 does not parse: $($errors[0].Message)" }
    $ast.Find({ param($node) $node -is [System.Management.Automation.Language.HashtableAst] }, $false).SafeGetValue()
}

# What goes into the package, as pairs of the path inside and the file: the checkout's layout, without sources.
function Get-PackageFile {
    foreach ($name in 'Tracers.psd1', 'LICENSE', 'README.md', 'CHANGELOG.md') {
        @{ Path = $name; File = "$root/$name" }
    }

    foreach ($folder in 'module', 'en-US') {
        if (-not [System.IO.Directory]::Exists("$root/$folder")) { continue }
        foreach ($file in [System.IO.Directory]::GetFiles("$root/$folder", '*', 'AllDirectories')) {
            $path = [System.IO.Path]::GetRelativePath($root, $file).Replace('\', '/')
            # module/en-US is the source of what the build has put into en-US and module/bin/en-US.
            if ($path -like '*.pdb' -or $path -like 'module/en-US/*') { continue }
            @{ Path = $path; File = $file }
        }
    }
}

# The data that the PowerShell Gallery keeps in a package: what Publish-Module would have written.
function Get-Nuspec {
    param([hashtable] $Manifest)

    $data = $Manifest.PrivateData.PSData
    $tags = @('PSModule') + $data.Tags + 'PSIncludes_Cmdlet' +
        ($Manifest.CmdletsToExport | ForEach-Object { "PSCmdlet_$_" }) +
        ($Manifest.CmdletsToExport | ForEach-Object { "PSCommand_$_" })
    $text = { param($value) [System.Security.SecurityElement]::Escape($value) }
    @"
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd">
  <metadata>
    <id>Tracers</id>
    <version>$($Manifest.ModuleVersion)</version>
    <authors>$(& $text $Manifest.Author)</authors>
    <owners>$(& $text $Manifest.CompanyName)</owners>
    <requireLicenseAcceptance>false</requireLicenseAcceptance>
    <licenseUrl>$(& $text $data.LicenseUri)</licenseUrl>
    <description>$(& $text $Manifest.Description)</description>
    <copyright>$(& $text $Manifest.Copyright)</copyright>
    <tags>$(& $text ($tags -join ' '))</tags>
  </metadata>
</package>
"@
}

function Get-ContentTypes {
    param([string[]] $Paths)

    $extensions = $Paths | ForEach-Object { [System.IO.Path]::GetExtension($_).TrimStart('.') } | Where-Object { $_ }
    $known = [System.Collections.Generic.SortedSet[string]]::new([string[]] $extensions)
    $defaults = $known | ForEach-Object { "<Default Extension=""$_"" ContentType=""application/octet-stream"" />" }
    '<?xml version="1.0" encoding="utf-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" />' +
        '<Default Extension="nuspec" ContentType="application/octet-stream" />' + (-join $defaults) +
        '<Override PartName="/LICENSE" ContentType="application/octet-stream" /></Types>'
}

function Invoke-PackTask {
    Invoke-DotNet build, "$root/src/Tracers/Tracers.csproj", '-c', $Configuration, '-nologo'
    $null = [System.Reflection.Assembly]::Load('System.IO.Compression')

    $manifest = Get-ManifestData
    $package = "$root/output/Tracers.$($manifest.ModuleVersion).nupkg"
    $null = [System.IO.Directory]::CreateDirectory("$root/output")
    [System.IO.File]::Delete($package)

    $files = @(Get-PackageFile)
    $texts = @{
        'Tracers.nuspec'      = Get-Nuspec $manifest
        '[Content_Types].xml' = Get-ContentTypes $files.Path
        '_rels/.rels'         = '<?xml version="1.0" encoding="utf-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
            '<Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/Tracers.nuspec" Id="R1" /></Relationships>'
    }

    $stream = [System.IO.File]::Create($package)
    try {
        $archive = [System.IO.Compression.ZipArchive]::new($stream, 'Create')
        foreach ($name in $texts.Keys) {
            Add-PackageEntry $archive $name ([System.Text.UTF8Encoding]::new($false).GetBytes($texts[$name]))
        }

        foreach ($file in $files) {
            Add-PackageEntry $archive $file.Path ([System.IO.File]::ReadAllBytes($file.File))
        }

        $archive.Dispose()
    }
    finally {
        $stream.Dispose()
    }

    "Packed $package"
    Invoke-DotNet pack, "$root/src/Tracers.Marks/Tracers.Marks.csproj", '-c', $Configuration, '-nologo', '-o', "$root/output"
}

function Add-PackageEntry {
    param($Archive, [string] $Path, [byte[]] $Bytes)

    $content = $Archive.CreateEntry($Path).Open()
    $content.Write($Bytes, 0, $Bytes.Length)
    $content.Dispose()
}

foreach ($name in $Task) {
    switch ($name) {
        'Build' { Invoke-BuildTask }
        'Test' { Invoke-TestTask }
        'Pack' { Invoke-PackTask }
    }
}
