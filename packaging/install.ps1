<#
.SYNOPSIS
Installs botiquette for one user, by default to ~\.local\bin.
.DESCRIPTION
Downloads the released archive for Windows, and installs it only if its SHA-256 is the published one. Needs no
administrator, and changes no setting of the system.
.PARAMETER Version
Such as 0.1.0; by default the latest release (environment: BOTIQUETTE_VERSION).
.PARAMETER Prefix
The folder below which bin is (environment: BOTIQUETTE_PREFIX).
#>
param(
    [string]$Version = $(if ($env:BOTIQUETTE_VERSION) { $env:BOTIQUETTE_VERSION } else { 'latest' }),
    [string]$Prefix = $(if ($env:BOTIQUETTE_PREFIX) { $env:BOTIQUETTE_PREFIX } else { Join-Path $HOME '.local' })
)

function Install-Botiquette {
    $ErrorActionPreference = 'Stop'
    $ProgressPreference = 'SilentlyContinue'
    # A mirror of the releases can stand here; a folder is one, too.
    $repository = if ($env:BOTIQUETTE_REPOSITORY) { $env:BOTIQUETTE_REPOSITORY } else { 'https://github.com/botiquette/botiquette' }
    $name = 'botiquette-x86_64-pc-windows-msvc'

    $Version = $Version -replace '^v', ''
    if ($Version -eq 'latest') {
        $from = "$repository/releases/latest/download"
    } elseif ($Version -match '^[0-9]+\.[0-9]+\.[0-9]+[0-9A-Za-z.-]*$') {
        $from = "$repository/releases/download/v$Version"
    } else {
        throw "$Version is no version such as 0.1.0"
    }

    $folder = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
    New-Item -ItemType Directory -Path $folder | Out-Null
    try {
        # Windows PowerShell 5 would offer older protocols.
        [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
        foreach ($file in 'SHA256SUMS', "$name.zip") {
            $to = Join-Path $folder $file
            if (Test-Path -LiteralPath $repository -PathType Container) {
                Copy-Item -LiteralPath "$from/$file" -Destination $to
            } else {
                Invoke-WebRequest -UseBasicParsing -Uri "$from/$file" -OutFile $to
            }
        }
        $archive = Join-Path $folder "$name.zip"
        $line = Get-Content -LiteralPath (Join-Path $folder 'SHA256SUMS') | Where-Object { $_ -match "^[0-9a-f]{64} [ *]$([regex]::Escape($name))\.zip$" }
        if (-not $line) { throw "SHA256SUMS does not name $name.zip; nothing was installed" }
        $published = ([string]$line).Substring(0, 64)
        $found = (Get-FileHash -Algorithm SHA256 -LiteralPath $archive).Hash.ToLowerInvariant()
        if ($found -ne $published) { throw "$name.zip has the SHA-256 $found, not $published; nothing was installed" }

        Expand-Archive -LiteralPath $archive -DestinationPath $folder
        $command = Join-Path (Join-Path $folder $name) 'botiquette.exe'
        $said = & $command --version
        if ($LASTEXITCODE -ne 0) { throw 'the command does not run on this machine; nothing was installed' }
        $bin = Join-Path $Prefix 'bin'
        New-Item -ItemType Directory -Path $bin -Force | Out-Null
        Copy-Item -LiteralPath $command -Destination $bin -Force
        Write-Output "$said was installed to $bin"
        if (($env:PATH -split [IO.Path]::PathSeparator) -notcontains $bin) { Write-Output "note: $bin is not in PATH yet" }
    } finally {
        Remove-Item -LiteralPath $folder -Recurse -Force
    }
}

Install-Botiquette
